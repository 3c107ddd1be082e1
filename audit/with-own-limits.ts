import { UsageError } from '#kernel/errors.ts'
import type { Check } from './check.ts'
import type { Profile } from './profile.ts'

export type OwnLimits = Profile['limits']

/** The profile with limits of one's own over it. Throws `UsageError` naming each that no check has. */
export function withOwnLimits(profile: Profile, own: OwnLimits, checks: readonly Check[]): Profile {
  const problems = Object.entries(own).flatMap(([id, limits]) => problemsOf(id, limits, checks))
  if (problems.length > 0) throw new UsageError(`limits of standpipe.yaml: ${problems.join('; ')}`)
  const ids = new Set([...Object.keys(profile.limits), ...Object.keys(own)])
  const limits = [...ids].map((id) => [id, { ...profile.limits[id], ...own[id] }] as const)
  return { ...profile, limits: Object.fromEntries(limits) }
}

function problemsOf(id: string, limits: OwnLimits[string], checks: readonly Check[]): string[] {
  const check = checks.find((one) => one.id === id)
  if (!check) return [`there is no check "${id}"`]
  const known = check.limits as Readonly<Record<string, unknown>>
  return Object.entries(limits).flatMap(([name, value]) => {
    if (!(name in known)) {
      return [`${id} has no limit "${name}", only ${Object.keys(known).join(', ') || 'none at all'}`]
    }
    const expected = known[name] === null ? 'number' : typeof known[name]
    return typeof value === expected
      ? []
      : [`${id}.${name}: expected a ${expected}, got ${JSON.stringify(value)}`]
  })
}
