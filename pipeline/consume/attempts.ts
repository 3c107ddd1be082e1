import { readFileSync } from 'node:fs'
import type { Redis } from 'ioredis'
import { systemClock } from '#kernel/time/clock.ts'
import { attemptsKey } from '#pipeline/contract.ts'
import type { Membership } from './membership.ts'

const BEGIN = readFileSync(new URL('./begin-attempt.lua', import.meta.url), 'utf8')

/** A week: longer than anybody leaves a process dying, and no note stays for ever. */
const KEEP_SECONDS = 7 * 24 * 3_600

/** Attempts at one entry that were begun and never ended: the process died in them. */
export interface Attempts {
  /** This one included. */
  readonly count: number
  /** Milliseconds since the epoch. */
  readonly firstBeganAt: number
  /** When the one before this began. */
  readonly lastBeganAt: number
}

/** Notes in Redis that work on an entry begins; `null` when another consumer has it. Works while memory is full. */
export async function beginAttempt(
  redis: Redis,
  { stream, group, consumer }: Membership,
  id: string,
): Promise<Attempts | null> {
  const key = attemptsKey(stream, group)
  const now = systemClock.now()
  const reply = await redis.eval(BEGIN, 2, stream, key, group, consumer, id, now, KEEP_SECONDS)
  if (reply === null) return null
  const [count, first, last] = reply as [number, string, string]
  return { count, firstBeganAt: Number(first), lastBeganAt: Number(last) }
}

/** Forgets all attempts at an entry: we are alive, so it did not kill us. */
export async function forgetAttempts(redis: Redis, { stream, group }: Membership, id: string): Promise<void> {
  await redis.hdel(attemptsKey(stream, group), id)
}
