import { milliseconds } from '#kernel/time/duration.ts'
import type { FlowSample } from '#loadtest/flow/flow-sample.ts'
import { type FlowObserver, observeFlow } from '#loadtest/flow/observe-flow.ts'
import type { Layout } from './layout.ts'
import { preciseClock } from './precise-clock.ts'

/** Looks at every stream of a run, once for each group. */
export interface FlowsObserver extends AsyncDisposable {
  /** Entries that were appended and that some group has not acknowledged yet; `null` when Redis does not tell. */
  readonly waiting: number | null
  /** Milliseconds since Redis last answered a look; 0 before the first one. */
  readonly silentForMs: number
  /** Every look since `startAt` on the precise clock, in seconds from there. */
  samplesOf(stream: string, group: string, startAt: number): readonly FlowSample[]
}

/** Further looks are further apart, so that many groups cost Redis no more than a few. */
const EVERY_MS = 200
const AS_MANY_AS = 4

export async function observeFlows(redisUrl: string, layout: Layout): Promise<FlowsObserver> {
  await using open = new AsyncDisposableStack()
  const places = layout.flows.flatMap(({ stream }) =>
    layout.consumers.map(({ group }) => ({ stream, group: group.name })),
  )
  const every = milliseconds(EVERY_MS * Math.max(1, places.length / AS_MANY_AS))
  const beganAt = preciseClock.now()
  const observers = new Map<string, FlowObserver>()
  for (const place of places) {
    observers.set(keyOf(place.stream, place.group), open.use(await observeFlow(redisUrl, place, every)))
  }
  const owned = open.move()
  return {
    get waiting() {
      const latest = [...observers.values()].map(({ samples }) => samples.at(-1))
      if (latest.some((sample) => sample?.lag == null || sample.pending === null)) return null
      return Math.max(0, ...latest.map((sample) => (sample?.lag ?? 0) + (sample?.pending ?? 0)))
    },
    get silentForMs() {
      const all = [...observers.values()]
      return (
        Math.min(
          ...all.map(({ now, samples }) => now() - (samples.findLast(({ redisUp }) => redisUp)?.at ?? now())),
        ) * 1_000
      )
    },
    samplesOf(stream, group, startAt) {
      const { samples = [] } = observers.get(keyOf(stream, group)) ?? {}
      const early = (startAt - beganAt) / 1_000
      return samples.filter(({ at }) => at >= early).map((sample) => ({ ...sample, at: sample.at - early }))
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

const keyOf = (stream: string, group: string) => `${stream} ${group}`
