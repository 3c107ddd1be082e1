import { formatMeasure } from '#kernel/format/format-measure.ts'
import type { Measurement, Section, Statement } from '#kernel/report/report.ts'
import { judgeFloor } from '#kernel/verdict/floor.ts'
import { worst } from '#kernel/verdict/verdict.ts'
import { type Capacity, type Costs, capacityOf, maxmemoryFor } from './capacity-equation.ts'
import type { CapacityChosen } from './capacity-plan.ts'
import { HOURS_WANTED, KNOWN_RATES } from './hours-wanted.ts'

/** Hours for which an operator may want to be told the maxmemory. */
const ASKED_HOURS = [1, 8, 24, 72]

/** How long does the buffer last, and how long may each consumer be away? */
export function toHoursSection(
  title: string,
  costs: Costs,
  chosen: CapacityChosen,
  entries: number,
): Section {
  const { ownRate, maxmemoryBytes, groups, replayWindowHours } = chosen
  const rates = ownRate === null ? KNOWN_RATES : [ownRate]
  const told = rates.map((rate) => ({
    rate,
    capacity: capacityOf(costs, {
      maxmemoryBytes,
      eventsPerSecond: rate,
      groups: groups.length,
      replayWindowHours,
    }),
  }))
  const statements = told.map(({ rate, capacity }) => judgeHours(rate, capacity, ownRate !== null))
  return {
    title,
    verdict: worst(statements.map(({ verdict }) => verdict)),
    answer: `with maxmemory ${formatMeasure(maxmemoryBytes, 'bytes')}: ${told
      .map(({ rate, capacity }) => `${formatMeasure(capacity.allHang, 'hours')} at ${rate} events/s`)
      .join(', ')}`,
    statements,
    measurements: told.flatMap(({ rate, capacity }) => [
      ...measureHours(rate, capacity, chosen, entries),
      ...measureMaxmemory(rate, costs, chosen, entries),
    ]),
    plots: [],
    timeline: [],
  }
}

function judgeHours(rate: number, { allHang }: Capacity, own: boolean): Statement {
  const verdict = judgeFloor(allHang, HOURS_WANTED)
  return {
    subject: `buffer at ${rate} events/s`,
    // A rate that nobody said is theirs is told, not judged.
    verdict: own || verdict === 'unknown' ? verdict : 'pass',
    says: `it is full after ${formatMeasure(allHang, 'hours')} of every group reading and acknowledging nothing`,
    ...(own ? { expected: `at least ${HOURS_WANTED.warnBelow} hours` } : {}),
    why: 'From then on the append is refused, the relay socket stands still, and the relay forgets after its replay window.',
    remedy: 'raise maxmemory, or make sure that a stopped indexer is noticed and started sooner',
  }
}

function measureHours(
  rate: number,
  { stopped, oneHangs, allHang, untilLoss, aofBytesPerHour }: Capacity,
  { groups, replayWindowHours, maxmemoryBytes }: CapacityChosen,
  samples: number,
): Measurement[] {
  const from = `from empty, maxmemory ${formatMeasure(maxmemoryBytes, 'bytes')} less a tenth, costs as fitted`
  const hours = (name: string, value: number | null, method: string): Measurement => ({
    name: `${name} at ${rate} events/s`,
    unit: 'hours',
    value,
    samples,
    method: `${method}; ${from}`,
    better: 'higher',
  })
  return [
    hours('longest outage of a stopped indexer', stopped, 'nothing is delivered, entries alone pile up'),
    hours(
      'longest hang of one group',
      oneHangs,
      'it reads and acknowledges nothing, so nothing can be trimmed',
    ),
    hours('time to full', allHang, `all ${groups.length} groups read and acknowledge nothing`),
    hours('time to loss', untilLoss, `full, and then the ${replayWindowHours} hours that the relay replays`),
    {
      name: `append-only file per second at ${rate} events/s`,
      unit: 'bytes/s',
      value: aofBytesPerHour === null ? null : aofBytesPerHour / 3_600,
      samples,
      method: `one append, ${groups.length} deliveries and ${groups.length} acknowledgements per event; shrinks at a rewrite`,
      better: 'lower',
    },
  ]
}

function measureMaxmemory(
  rate: number,
  costs: Costs,
  { groups }: CapacityChosen,
  samples: number,
): Measurement[] {
  return ASKED_HOURS.map((hours) => {
    const value = maxmemoryFor(hours, costs, { eventsPerSecond: rate, groups: groups.length })
    return {
      name: `maxmemory for ${hours} h at ${rate} events/s`,
      unit: 'bytes',
      value: Number.isFinite(value) ? value : null,
      samples,
      method: `all ${groups.length} groups read and acknowledge nothing; a tenth kept free`,
    }
  })
}
