import { UsageError } from '#kernel/errors.ts'
import type { Profile } from './profile.ts'
import { buffer } from './profiles/buffer.ts'
import { cache } from './profiles/cache.ts'
import { ci } from './profiles/ci.ts'
import { met27 } from './profiles/met-27.ts'

export const PROFILES: readonly Profile[] = [buffer, cache, ci, met27]

/** Throws `UsageError` naming those that there are. */
export function findProfile(name: string): Profile {
  const profile = PROFILES.find((one) => one.name === name)
  if (profile) return profile
  const names = PROFILES.map((one) => one.name).join(', ')
  throw new UsageError(`unknown profile "${name}"; choose one of: ${names}`)
}
