import type { Verdict } from '#kernel/verdict/verdict.ts'
import type { FlowSample } from './flow-sample.ts'

/** How much may be under way while the flow is level: two seconds of traffic, and never less than a batch. */
export function slackOf(eventsPerSecond: number): number {
  return Math.max(500, 2 * eventsPerSecond)
}

/** How long the flow must have been level before anything is broken, in seconds. */
const STEADY_FOR = 2

/**
 * Whether the flow was steady over the last seconds: Redis answered each time, entries kept coming, and what
 * was not yet acknowledged stayed within the slack.
 */
export function judgeSteady(
  samples: readonly FlowSample[],
  slack: number,
): { readonly verdict: Verdict; readonly because: string } {
  const unknown = (because: string) => ({ verdict: 'unknown', because }) as const
  const end = samples.at(-1)
  if (!end) return unknown('nobody looked')
  const recent = samples.filter(({ at }) => at >= end.at - STEADY_FOR)
  const [first] = recent
  if (!first || end.at - first.at < STEADY_FOR * 0.75) return unknown('it was watched too short')
  if (recent.some(({ redisUp }) => !redisUp)) return unknown('Redis did not answer')
  const grown = (end.entriesAdded ?? 0) - (first.entriesAdded ?? 0)
  if (grown <= 0) return unknown('no entries came')
  const worst = recent.find((sample) => !isWithin(sample, slack))
  if (worst) return unknown(`${describeUnderWay(worst)}, more than ${slack}`)
  const span = (end.at - first.at).toFixed(1)
  return { verdict: 'pass', because: `${grown} entries came in ${span} s, ${describeUnderWay(end)}` }
}

/**
 * Whether the flow is level again: the ingester has caught up with the relay, the group with the stream, and
 * nothing is pending that was delivered before `since` (in seconds, as `at`).
 */
export function isLevel(sample: FlowSample, slack: number, since: number): boolean {
  const { emittedSeq, storedSeq, oldestIdleMs, at } = sample
  if (emittedSeq === null || storedSeq === null || storedSeq < emittedSeq - slack) return false
  if (!isWithin(sample, slack)) return false
  return oldestIdleMs === null || oldestIdleMs / 1_000 < at - since
}

/** Whether everything that the relay has to give is stored, delivered and acknowledged. */
export function isDrained({ emittedAll, emittedSeq, storedSeq, lag, pending }: FlowSample): boolean {
  if (!emittedAll || emittedSeq === null || storedSeq === null) return false
  return storedSeq >= emittedSeq && lag === 0 && pending === 0
}

/** How long nothing may move before nobody waits any longer, in seconds. */
const STUCK_AFTER = 10

/**
 * Whether waiting for more is no use: the relay is done, nothing is pending that could still be claimed, and
 * the lag has not moved for a while. So it ends after a loss, where Redis 7.0 shows a lag for ever.
 */
export function isStuck(samples: readonly FlowSample[]): boolean {
  const end = samples.at(-1)
  if (!end) return false
  const recent = samples.filter(({ at }) => at >= end.at - STUCK_AFTER)
  const watchedLong = end.at - (recent[0]?.at ?? end.at) >= STUCK_AFTER * 0.9
  const still = (sample: FlowSample) =>
    sample.emittedAll && sample.pending === 0 && sample.lag === end.lag && sample.storedSeq === end.storedSeq
  return watchedLong && recent.every(still)
}

function isWithin({ redisUp, lag, pending }: FlowSample, slack: number): boolean {
  return redisUp && lag !== null && pending !== null && lag + pending <= slack
}

function describeUnderWay({ lag, pending }: FlowSample): string {
  return `lag ${lag ?? 'not known'}, pending ${pending ?? 'not known'}`
}
