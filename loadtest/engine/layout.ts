import { join } from 'node:path'
import { UsageError } from '#kernel/errors.ts'
import { formatMeasure } from '#kernel/format/format-measure.ts'
import { countArrivals } from '#loadtest/arrivals/slots.ts'
import { cursorKey } from '#pipeline/contract.ts'
import type { ConsumerPlan } from './consumer-plan.ts'
import type { LoadPlan } from './load-plan.ts'
import { eventsIn, type Numbering } from './numbering.ts'
import type { ProducerPlan } from './producer-plan.ts'
import { createSeenEntries, SEEN_BYTES } from './seen-entries.ts'

/** Who does what in a run, and where everything lies. */
export interface Layout {
  readonly flows: readonly FlowLayout[]
  readonly producers: readonly (ProducerPlan & { readonly flowName: string })[]
  readonly consumers: readonly ConsumerPlan[]
}

export interface FlowLayout {
  readonly name: string
  readonly stream: string
  readonly cursors: readonly string[]
  readonly journals: readonly string[]
  readonly planned: number
}

/** Memory that the books of a run may take. */
const MOST_BYTES = 2 ** 30
/** Entries at which the append is refused, as the ingester's default has it. */
const HIGH_WATER = 10_000_000

/** Lays a run out. Throws `UsageError` when its books would not fit into memory. */
export function layOut(plan: LoadPlan, folder: string, prefix: string): Layout {
  const { scenario, producers, seed, redisUrl } = plan
  const numberings = scenario.flows.map(
    ({ phases }, flow): Numbering => ({
      shares: Array.from({ length: producers }, (_, index) =>
        countArrivals({ phases, seed: seedOf(seed, flow), share: { index, of: producers } }),
      ),
    }),
  )
  refuseTooMany(numberings, scenario.groups.length)
  const flows = scenario.flows.map(({ name }, flow): FlowLayout => {
    const stream = `${prefix}:${name}`
    const places = Array.from({ length: producers }, (_, index) => index)
    return {
      name,
      stream,
      cursors: places.map((index) => cursorKey(stream, `load-${index}`)),
      journals: places.map((index) => join(folder, `attempts-${name}-${index}.ndjson`)),
      planned: eventsIn(numberings[flow] ?? { shares: [] }),
    }
  })
  return {
    flows,
    producers: flows.flatMap(({ name, stream, cursors, journals }, place) =>
      cursors.map((cursor, index) => ({
        name: `producer ${index + 1} of ${name}`,
        flowName: name,
        redisUrl,
        stream,
        cursor,
        highWater: HIGH_WATER,
        flow: flowAt(plan, place),
        share: { index, of: producers },
        seed: seedOf(seed, place),
        journalPath: journals[index] ?? '',
      })),
    ),
    consumers: scenario.groups.map((group, index) => ({
      redisUrl,
      group,
      streams: flows.map(({ stream }, flow) => ({ stream, seen: sharedSeen(numberings[flow]) })),
      toldFromMs: scenario.flows.map(({ phases }) => warmUpMs(phases)),
      effectsPath: join(folder, `effects-${group.name}.ndjson`),
      trims: index === 0,
    })),
  }
}

/** Flows differ in their events; the producers of one tell theirs apart themselves. */
const seedOf = (seed: number, flow: number) => seed + flow * 1_000

function refuseTooMany(numberings: readonly Numbering[], groups: number): void {
  const events = numberings.reduce((sum, numbering) => sum + eventsIn(numbering), 0)
  const bytes = events * groups * SEEN_BYTES
  if (bytes <= MOST_BYTES) return
  throw new UsageError(
    `the books of ${events} events for ${groups} groups would take ${formatMeasure(bytes, 'bytes')} of memory; lower --rate, --duration or the number of groups`,
  )
}

/** Milliseconds at the beginning whose latencies are not told. */
function warmUpMs(phases: LoadPlan['scenario']['flows'][number]['phases']): number {
  const first = phases.findIndex(({ warmUp }) => !warmUp)
  return phases.slice(0, first).reduce((sum, { lasts }) => sum + lasts * 1_000, 0)
}

function flowAt({ scenario }: LoadPlan, place: number) {
  const flow = scenario.flows[place]
  if (!flow) throw new RangeError(`flow ${place} of ${scenario.flows.length}`)
  return flow
}

function sharedSeen(numbering: Numbering = { shares: [] }) {
  return createSeenEntries(numbering).shared
}
