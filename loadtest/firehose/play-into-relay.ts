import { systemClock } from '#kernel/time/clock.ts'
import { type Duration, seconds } from '#kernel/time/duration.ts'
import { countArrivals } from '#loadtest/arrivals/slots.ts'
import { watchSelf } from '#loadtest/engine/self-watch.ts'
import { settledWithin } from '#loadtest/engine/settled-within.ts'
import { pacedBy } from '#loadtest/network/pace.ts'
import { startRelay } from '#loadtest/network/relay.ts'
import { syntheticNetwork } from '#loadtest/network/synthetic-network.ts'
import { warmUp } from '#loadtest/network/warm-up.ts'
import type { PlayOptions } from './play-options.ts'
import type { Played } from './played.ts'

export interface RelayPlay extends PlayOptions {
  /** 0 picks a free one. */
  readonly port: number
  readonly accounts: number
  /** How long the relay stays after the last event, for subscribers who are behind. */
  readonly stays: Duration
  readonly onListening: (url: string) => void
}

const LOOK_EVERY = seconds(0.2)

/** Serves the events as signed frames on loopback, at the pace of the flow. */
export async function playIntoRelay(play: RelayPlay): Promise<Played> {
  const { flow, seed, accounts, port, update, signal } = play
  const [first, ...others] = flow.phases
  if (!first) throw new RangeError('a flow needs a phase')
  update('making accounts and keys')
  warmUp()
  using self = watchSelf('relay')
  const planned = countArrivals({
    phases: flow.phases.map((phase) => ({ ...phase, spread: 'even' as const })),
    seed,
    share: { index: 0, of: 1 },
  })
  const source = syntheticNetwork({ seed, accounts })
  const startedAt = performance.now()
  await using relay = await startRelay({
    source,
    port,
    events: planned,
    pace: () => pacedBy([first, ...others]),
  })
  play.onListening(relay.url)
  const emission = relay.waitUntilEmitted()
  emission.catch(() => {})
  while (!signal.aborted && !(await settledWithin(emission, LOOK_EVERY))) {
    update(
      `${relay.emitted.events} of ${planned} events sent to ${relay.subscribers} subscribers at ${relay.url}`,
    )
  }
  const { events, late } = signal.aborted ? relay.emitted : await emission
  const tookMs = performance.now() - startedAt
  self.arrived(events, late)
  const seen = self.read()
  update(`all ${events} events sent; staying for subscribers who are behind`)
  await systemClock.sleep(play.stays, signal).catch(() => {})
  return {
    into: `relay ${relay.url}`,
    planned,
    sent: events,
    acknowledged: null,
    late,
    tookMs,
    latencies: null,
    selves: [seen],
    interrupted: signal.aborted ? (signal.reason as Error).message : null,
  }
}
