import type { Redis } from 'ioredis'
import { formatNumber } from '#kernel/format/format-number.ts'
import { systemClock } from '#kernel/time/clock.ts'
import { type Duration, seconds } from '#kernel/time/duration.ts'
import type { DeadLetter } from './letter.ts'
import { readLetters } from './read-letters.ts'
import { addLetters, type ReasonSummary } from './summarise-letters.ts'

type LetterHead = Omit<DeadLetter, 'fields' | 'others'>

/** What lies in a dead-letter stream. */
export interface GatheredLetters {
  /** Its key. */
  readonly letters: string
  readonly total: number
  /** How many were looked at, from the oldest on; less than `total` when there are more than the limit. */
  readonly looked: number
  readonly reasons: readonly ReasonSummary[]
  /** The letters of the one reason that was asked for, without their fields; empty when none was. */
  readonly listed: readonly LetterHead[]
}

export interface GatherOptions {
  readonly letters: string
  readonly reason?: string | undefined
  readonly limit: number
  readonly signal: AbortSignal
  readonly stderr: NodeJS.WritableStream
}

const TELL_EVERY: Duration = seconds(2)

/** Page by page, so that no call keeps Redis busy; says on stderr how far it is when it takes long. */
export async function gatherLetters(
  redis: Redis,
  { letters, reason, limit, signal, stderr }: GatherOptions,
): Promise<GatheredLetters> {
  const total = await redis.xlen(letters)
  let reasons: ReadonlyMap<string | null, ReasonSummary> = new Map()
  const listed: LetterHead[] = []
  let looked = 0
  let toldAt = systemClock.now()
  for await (const page of readLetters(redis, { letters, signal })) {
    const wanted = page.slice(0, limit - looked)
    looked += wanted.length
    reasons = addLetters(reasons, wanted)
    if (reason !== undefined)
      listed.push(...wanted.filter((letter) => letter.reason === reason).map(withoutFields))
    if (looked >= limit) break
    if (systemClock.now() - toldAt > TELL_EVERY) {
      toldAt = systemClock.now()
      stderr.write(`looked at ${formatNumber(looked)} of ${formatNumber(total)} dead letters\n`)
    }
  }
  return { letters, total, looked, reasons: [...reasons.values()], listed }
}

function withoutFields({ fields: _fields, others: _others, ...head }: DeadLetter): LetterHead {
  return head
}
