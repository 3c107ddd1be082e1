import { readFileSync } from 'node:fs'
import type { Redis } from 'ioredis'
import {
  booksKey,
  DEAD_LETTER_FIELDS,
  type DeadLetterReason,
  deadLetterStream,
  ORIGINAL_FIELD_PREFIX,
  settlementField,
} from '#pipeline/contract.ts'
import type { Membership } from './membership.ts'

const SCRIPT = readFileSync(new URL('./move-to-dead-letters.lua', import.meta.url), 'utf8')

/** An entry nobody can work on, and what was tried. Times are milliseconds since the epoch. */
export interface Failure {
  readonly id: string
  readonly reason: DeadLetterReason
  readonly error: string
  /** How often it failed; deliveries are not failures. */
  readonly attempts: number
  readonly firstFailedAt: number
  readonly lastFailedAt: number
}

export interface Moved {
  readonly moved: number
  /** Entries whose body was gone already: acknowledged, but there was nothing left to keep. */
  readonly lost: number
}

/**
 * Moves entries from the group's pending list to the dead-letter stream, with their fields byte for byte.
 * Works on a Redis whose memory is full, and enters them in the books of the stream. Entries that another consumer has acknowledged are left alone.
 * `tally` is a field of the books that counts the moved ones besides.
 */
export async function moveToDeadLetters(
  redis: Redis,
  membership: Membership,
  failures: readonly Failure[],
  tally: string | null = null,
): Promise<Moved> {
  const { stream, group } = membership
  const [moved, lost] = (await redis.eval(
    SCRIPT,
    3,
    stream,
    deadLetterStream(stream),
    booksKey(stream),
    group,
    ORIGINAL_FIELD_PREFIX,
    settlementField('dead-lettered', group),
    settlementField('lost-bodies', group),
    tally ?? '',
    DEAD_LETTER_FIELDS.length,
    ...DEAD_LETTER_FIELDS,
    ...failures.flatMap((failure) => {
      const letter = toLetter(membership, failure)
      return [failure.id, ...DEAD_LETTER_FIELDS.map((field) => letter[field])]
    }),
  )) as [number, number]
  return { moved, lost }
}

function toLetter(
  { stream, group, consumer }: Membership,
  { id, reason, error, attempts, firstFailedAt, lastFailedAt }: Failure,
): Readonly<Record<(typeof DEAD_LETTER_FIELDS)[number], string>> {
  return {
    reason,
    error,
    attempts: String(attempts),
    'first-failed-at': new Date(firstFailedAt).toISOString(),
    'last-failed-at': new Date(lastFailedAt).toISOString(),
    stream,
    id,
    group,
    consumer,
  }
}
