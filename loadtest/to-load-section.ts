import { formatMeasure } from '#kernel/format/format-measure.ts'
import type { Measurement, Section } from '#kernel/report/report.ts'
import { worst } from '#kernel/verdict/verdict.ts'
import type { FlowOfGroup, LoadRun } from './engine/load-run.ts'
import { measureRun } from './engine/measure-run.ts'
import { judgeRun } from './judge-run.ts'
import { toMeasurements } from './ledger/to-measurements.ts'
import { loadPlots } from './load-plots.ts'
import { loadTimeline } from './load-timeline.ts'

/** Classes that need the DID of an entry, or an ingester that refuses frames: a load has neither. */
const NOT_LOOKED_AT = ['reordered', 'superseded', 'rejected']

/** A load run as one section of a report: the question of its scenario, and the answer. */
export function toLoadSection(run: LoadRun): Section {
  const measurements = measureRun(run)
  const statements = judgeRun(run, measurements)
  const verdict = worst(statements.map((statement) => statement.verdict))
  const reason = statements.find((statement) => statement.verdict === verdict)
  return {
    title: run.scenario.asks,
    verdict,
    answer: verdict === 'pass' ? summarise(run, measurements) : `${reason?.subject}: ${reason?.says}`,
    statements,
    measurements: [...measurements, ...run.flows.flatMap((flow) => ledgerOf(flow, run))],
    plots: loadPlots(run),
    timeline: loadTimeline(run),
  }
}

function summarise(run: LoadRun, measurements: readonly Measurement[]): string {
  const attempted = run.producers.reduce((sum, producer) => sum + producer.attempted, 0)
  const named = (name: string) => measurements.filter((one) => one.name === name && one.value !== null)
  const drained = named('entries drained')
  const flows = run.scenario.flows.map(({ name }) => name)
  const waits = flows.flatMap((flow) => named(flows.length > 1 ? `${flow} committed p99` : 'committed p99'))
  const told = (drained.length > 0 ? drained : waits).map(
    ({ name, value, unit }) => `${name} ${formatMeasure(value, unit)}`,
  )
  const groups = run.scenario.groups.length
  const poisoned = run.scenario.flows.some(({ entries }) => entries.poison > 0)
  return [
    `${attempted} events committed once${groups > 1 ? ` by each of ${groups} groups` : ''}`,
    poisoned ? ' or kept in the dead letters' : '',
    told.length > 0 ? `; ${told.join(', ')}` : '',
  ].join('')
}

function ledgerOf({ flow, group, books }: FlowOfGroup, { flows }: LoadRun): Measurement[] {
  if ('missing' in books) return []
  const counts = toMeasurements(books.ledger).filter(({ name }) => !NOT_LOOKED_AT.includes(name))
  return flows.length === 1
    ? counts
    : counts.map((count) => ({ ...count, name: `${flow} → ${group}: ${count.name}` }))
}
