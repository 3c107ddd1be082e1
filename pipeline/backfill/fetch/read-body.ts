import type { IncomingMessage } from 'node:http'
import { systemClock } from '#kernel/time/clock.ts'
import { type Duration, minutes, seconds } from '#kernel/time/duration.ts'
import { RepoError } from '#pipeline/backfill/repo-error.ts'

/** How long a host may take over an answer. Only time spent waiting for it counts, not our own. */
export interface Patience {
  /** For the next byte. */
  readonly idle: Duration
  /** For the first bytes, before the least rate is asked for. */
  readonly grace: Duration
  /** Least bytes per second: who sends one byte at a time is not idle, and yet holds us for ever. */
  readonly bytesPerSecond: number
  /** For all of it. */
  readonly total: Duration
}

export const PATIENCE: Patience = {
  idle: seconds(30),
  grace: seconds(30),
  bytesPerSecond: 1_024,
  total: minutes(30),
}

/**
 * The chunks of an answer, of at most `most` bytes. Throws `RepoError` when it is too big, too slow, or ends
 * before its time. The rest of an answer that is not read to its end is thrown away with its connection.
 */
export async function* readBody(
  answer: IncomingMessage,
  most: number,
  patience: Patience,
): AsyncGenerator<Buffer> {
  const announced = Number(answer.headers['content-length'] ?? 0)
  if (announced > most) {
    answer.destroy()
    throw new RepoError('too-big', `the answer has ${announced} bytes, allowed are ${most}`)
  }
  let bytes = 0
  let waited = 0
  const chunks = answer[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  try {
    for (;;) {
      const since = systemClock.now()
      using _late = destroyLate(answer, allowance(patience, bytes, waited))
      const { done, value } = await chunks.next()
      if (done) return
      waited += systemClock.now() - since
      bytes += value.length
      if (bytes > most) throw new RepoError('too-big', `the answer has more than the ${most} bytes allowed`)
      yield value
    }
  } catch (error) {
    if (error instanceof RepoError || answer.complete) throw error
    throw new RepoError('truncated', `the answer broke off after ${bytes} bytes`, { cause: error })
  } finally {
    answer.destroy()
  }
}

function allowance(
  { idle, grace, bytesPerSecond, total }: Patience,
  bytes: number,
  waited: number,
): Duration {
  const earned = grace + seconds(bytes / bytesPerSecond)
  return Math.max(0, Math.min(idle, earned - waited, total - waited))
}

function destroyLate(answer: IncomingMessage, within: Duration): Disposable {
  const timer = setTimeout(() => {
    answer.destroy(new RepoError('timed-out', 'the answer comes too slowly'))
  }, within)
  return { [Symbol.dispose]: () => clearTimeout(timer) }
}
