import { formatMeasure } from '#kernel/format/format-measure.ts'
import type { Measurement, Plot, Section, Statement } from '#kernel/report/report.ts'
import { worst } from '#kernel/verdict/verdict.ts'
import { kindsOf } from '#loadtest/engine/kinds-of.ts'
import { latencySeries } from '#loadtest/latency/latency-plot.ts'
import { highestHeld, lowestFailed } from './next-rate.ts'
import type { Trial } from './trial.ts'
import { whyLimited } from './why-limited.ts'

/** Reads a search: the highest rate that held, and what stopped the next one. */
export function judgeSearch(trials: readonly Trial[], upTo: number, interrupted: string | null): Section {
  const best = highestHeld(trials)
  const failed = lowestFailed(trials)
  const statements = [...trials.map(describeTrial), judgeAnswer(trials, upTo, interrupted)]
  const answer = statements.at(-1)
  return {
    title: 'What is the highest rate at which everything holds?',
    verdict: worst([answer?.verdict ?? 'unknown', ...(trials.some(hasLost) ? ['fail' as const] : [])]),
    answer: answer?.says ?? '',
    statements,
    measurements: [
      rate('highest rate that held', best, trials),
      rate('lowest rate that did not', failed, trials),
      ...trials.flatMap(measureTrial),
    ],
    plots: [plotTrials(trials)],
    timeline: [],
  }
}

/** The last word: what was found, and what would have to be larger for more. */
function judgeAnswer(trials: readonly Trial[], upTo: number, interrupted: string | null): Statement {
  const subject = 'the answer'
  const best = highestHeld(trials)
  const failed = lowestFailed(trials)
  if (interrupted !== null) return { subject, verdict: 'unknown', says: `the search was ${interrupted}` }
  if (best === null) return { subject, verdict: 'fail', says: 'no rate held' }
  const held = `${formatMeasure(best, 'events/s')} held`
  if (failed === null) return { subject, verdict: 'pass', says: `${held}; nothing beyond ${upTo} was tried` }
  const stopper = trials.find(({ rate: tried }) => tried === failed)
  const why = stopper ? whyLimited(stopper.run) : null
  if (why === 'the generator') {
    const says = `${held}, and then the generator was at its end${howBusy(stopper)}: what the system takes beyond that is not known`
    return {
      subject,
      verdict: 'unknown',
      says,
      remedy: 'more producers, or a machine for the generator alone',
    }
  }
  const says = `${held}; at ${formatMeasure(failed, 'events/s')} ${stopper?.because ?? 'it did not'}`
  return {
    subject,
    verdict: 'pass',
    says: `${says}; ${why === null ? 'no resource was at its end' : `what ran out is ${why}`}`,
  }
}

/** Whoever else works on this machine may be why the generator was late. */
function howBusy(trial: Trial | undefined): string {
  const share = trial?.run.machineCpuShare ?? null
  return share === null ? '' : `, on a machine that was ${Math.round(share * 100)} % busy`
}

function describeTrial({ rate: tried, held, because }: Trial): Statement {
  return {
    subject: formatMeasure(tried, 'events/s'),
    verdict: held ? 'pass' : 'not-applicable',
    says: held ? `held: ${because}` : `did not hold: ${because}`,
  }
}

/** A rate that was too high may be slow. It may never lose. */
function hasLost({ run }: Trial): boolean {
  return run.flows.some(
    ({ books }) => !('missing' in books) && books.ledger.lost + books.ledger.duplicateEffects > 0,
  )
}

function rate(name: string, value: number | null, trials: readonly Trial[]): Measurement {
  return { name, unit: 'events/s', value, samples: trials.length, method: 'one short run for each rate' }
}

function measureTrial({ rate: tried, run }: Trial): Measurement[] {
  const at = `at ${Math.round(tried)} events/s:`
  const waits = kindsOf(run).filter(({ name }) => name.endsWith('committed'))
  return [
    ...waits.map(({ name, latencies, method }) => ({
      name: `${at} ${name} p99`,
      unit: 'ms' as const,
      value: latencies.at(99),
      samples: latencies.count,
      method,
    })),
    ...(
      [
        ['Redis CPU', run.redisCpuShare],
        ['machine CPU', run.machineCpuShare],
      ] as const
    ).map(([name, value]) => ({
      name: `${at} ${name}`,
      unit: 'ratio' as const,
      value,
      samples: value === null ? 0 : 1,
      method: 'over the time of load and drain',
    })),
  ]
}

function plotTrials(trials: readonly Trial[]): Plot {
  return {
    title: 'Waiting until the commit, by rate',
    unit: 'ms',
    x: 'percentile',
    series: trials
      .toSorted((a, b) => a.rate - b.rate)
      .flatMap(({ rate: tried, run }) =>
        kindsOf(run)
          .filter(({ name, latencies }) => name.endsWith('committed') && latencies.count > 0)
          .slice(0, 1)
          .map(({ latencies }) => latencySeries(formatMeasure(tried, 'events/s'), latencies)),
      ),
    method: 'one short run for each rate, open model',
  }
}
