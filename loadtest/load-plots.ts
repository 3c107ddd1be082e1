import type { Plot, Series } from '#kernel/report/report.ts'
import { kindsOf } from './engine/kinds-of.ts'
import type { FlowOfGroup, LoadRun } from './engine/load-run.ts'
import { toPlots } from './flow/to-plots.ts'
import { latencyPlot } from './latency/latency-plot.ts'

/** A run as curves: every kind of waiting by percentile, for each flow, and the streams over time. */
export function loadPlots(run: LoadRun): Plot[] {
  const alone = run.latencies.length === 1
  const waits = run.latencies.map((latencies) => {
    const kinds = kindsOf({ ...run, latencies: [latencies] })
    const closed = run.scenario.flows.find(({ name }) => name === latencies.flow)?.model === 'closed'
    return latencyPlot(
      `Waiting by percentile${alone ? '' : `: ${latencies.flow}`}`,
      new Map(kinds.map((kind) => [kind.name, kind.latencies])),
      closed ? 'closed loop, service times' : 'open model, from the intended time',
    )
  })
  return [...waits, ...flowPlots(run)]
}

/** What is of a stream is drawn once for each flow, what is of a group once for each group. */
function flowPlots({ flows, maxmemoryBytes }: LoadRun): Plot[] {
  const perFlow = [...Map.groupBy(flows, ({ flow }) => flow).values()].flatMap(([first]) => first ?? [])
  const [appended] = joined(perFlow, ({ flow }) => flow)
  const [, underWay] = joined(flows, ({ flow, group }) => (perFlow.length > 1 ? `${flow} → ${group}` : group))
  const [, , memory] = joined(perFlow.slice(0, 1), () => '')
  const plots = [appended, underWay, memory].filter((plot) => plot !== undefined)
  const ceiling = maxmemoryBytes ? { ceiling: { name: 'maxmemory', value: maxmemoryBytes } } : {}
  return plots.map((plot) => (plot.unit === 'bytes' ? { ...plot, ...ceiling } : plot))
}

/** The plots of several places laid over each other, their curves told apart by name. */
function joined(places: readonly FlowOfGroup[], nameOf: (place: FlowOfGroup) => string): Plot[] {
  const all = places.map((place) => ({ name: nameOf(place), plots: toPlots(place.samples) }))
  const alone = places.length === 1
  const named = (name: string, series: Series): Series =>
    alone ? series : { ...series, name: `${name}: ${series.name}` }
  return (all[0]?.plots ?? []).map((plot, place) => ({
    ...plot,
    series: all.flatMap(({ name, plots }) => (plots[place]?.series ?? []).map((one) => named(name, one))),
  }))
}
