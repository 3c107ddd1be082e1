import { formatMeasure } from '#kernel/format/format-measure.ts'
import type { Measurement, Section, Statement } from '#kernel/report/report.ts'
import { judgeFloor } from '#kernel/verdict/floor.ts'
import { worst } from '#kernel/verdict/verdict.ts'
import { latencyPlot } from '#loadtest/latency/latency-plot.ts'
import type { Cell, CellRun } from './cell.ts'
import type { Benchmarked } from './redis-benchmark.ts'

/** Events per second of the whole network, the highest seen for long: what an append must take at the least. */
const NETWORK_PEAK = 2_000
const ENOUGH = { warnBelow: 2 * NETWORK_PEAK, failBelow: NETWORK_PEAK }

/** Above this share of its time, this process is what a square measures. */
const BUSY = 0.8

const PERCENTILES = [50, 90, 99, 99.9, 99.99]

/** What can this Redis do, square by square? A square in which nothing was called is unknown. */
export function toBaselineSection(
  title: string,
  runs: readonly CellRun[],
  benchmarked: readonly Benchmarked[],
): Section {
  const appends = runs.filter(({ cell }) => cell.command === 'append')
  const statements = [...(appends.length > 0 ? [judgeAppend(appends)] : []), ...runs.map(describeCell)]
  const called = runs.reduce((sum, { latencies }) => sum + latencies.count, 0)
  return {
    title,
    verdict: runs.length === 0 ? 'unknown' : worst(statements.map(({ verdict }) => verdict)),
    answer: `${runs.length} squares, ${called} calls${appends.length > 0 ? `; the slowest append takes ${formatMeasure(slowest(appends), 'entries/s')}` : ''}`,
    statements,
    measurements: [...runs.map(measureCell), ...benchmarked.flatMap(measureBenchmark)],
    plots: plotCells(runs),
    timeline: [],
  }
}

function judgeAppend(appends: readonly CellRun[]): Statement {
  const rate = slowest(appends)
  return {
    subject: 'append, the slowest square',
    verdict: judgeFloor(rate, ENOUGH),
    says: formatMeasure(rate, 'entries/s'),
    expected: `at least ${formatMeasure(ENOUGH.warnBelow, 'entries/s')}, twice the highest rate of the network`,
    why: 'An append that is slower than the relay falls behind until the relay forgets.',
  }
}

function slowest(runs: readonly CellRun[]): number | null {
  const rates = runs.map(rateOf).filter((rate) => rate !== null)
  return rates.length === runs.length && rates.length > 0 ? Math.min(...rates) : null
}

function rateOf({ latencies, entriesPerCall, tookMs }: CellRun): number | null {
  return latencies.count === 0 ? null : (latencies.count * entriesPerCall * 1_000) / tookMs
}

function describeCell(run: CellRun): Statement {
  const { cell, latencies, busy } = run
  const told = PERCENTILES.flatMap((percentile) => {
    const ms = latencies.at(percentile)
    return ms === null ? [] : [`p${percentile} ${formatMeasure(ms, 'ms')}`]
  })
  const limit = busy > BUSY ? ['this process was the limit'] : []
  return {
    subject: nameOf(cell),
    verdict: latencies.count === 0 ? 'unknown' : 'pass',
    says:
      latencies.count === 0
        ? 'nothing was called'
        : [
            formatMeasure(rateOf(run), 'entries/s'),
            ...told,
            `max ${formatMeasure(latencies.maxMs, 'ms')}`,
            ...limit,
          ].join(', '),
  }
}

function nameOf({ command, payloadBytes, depth, pending, clients }: Cell): string {
  const scene = `${payloadBytes} B, ${depth} deep${pending > 0 ? `, ${pending} pending` : ''}`
  return `${command}: ${scene}, ${clients} ${clients === 1 ? 'client' : 'clients'}`
}

function measureCell(run: CellRun): Measurement {
  const { cell, latencies, entriesPerCall } = run
  const method = `closed loop, ${entriesPerCall} per call, one call under way per client`
  return {
    name: nameOf(cell),
    unit: 'entries/s',
    value: rateOf(run),
    samples: latencies.count,
    method,
    better: 'higher',
  }
}

function measureBenchmark({
  command,
  clients,
  payloadBytes,
  calls,
  callsPerSecond,
  p99,
}: Benchmarked): Measurement[] {
  const name = `redis-benchmark ${command}: ${payloadBytes} B, ${clients} clients`
  const shared = { samples: calls, method: 'the C tool that comes with Redis, one per call, no pipelining' }
  return [
    { name, unit: 'entries/s', value: callsPerSecond, ...shared },
    { name: `${name}, p99`, unit: 'ms', value: p99, ...shared },
  ]
}

/** One curve per command, of the square with most clients and the deepest stream among those of the middle payload. */
function plotCells(runs: readonly CellRun[]) {
  const payloads = [...new Set(runs.map(({ cell }) => cell.payloadBytes))].toSorted((a, b) => a - b)
  const middle = payloads[Math.floor((payloads.length - 1) / 2)]
  const chosen = new Map<string, CellRun>()
  for (const run of runs) {
    const { cell } = run
    const known = chosen.get(cell.command)?.cell
    const better =
      !known || cell.clients > known.clients || (cell.clients === known.clients && cell.depth >= known.depth)
    if (cell.payloadBytes === middle && better) chosen.set(cell.command, run)
  }
  if (chosen.size === 0) return []
  const kinds = new Map([...chosen.values()].map((run) => [nameOf(run.cell), run.latencies] as const))
  return [latencyPlot('Call by percentile', kinds, 'closed loop, service time')]
}
