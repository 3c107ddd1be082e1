import type { Statement } from '#kernel/report/report.ts'
import type { SelfSample } from './self-watch.ts'

/** Share of late arrivals above which it was the generator that was measured, not the system under load. */
const LATE_SHARE = 0.01

/** Hold-ups of the event loop above which whatever was timed there was timed wrongly, in milliseconds. */
const DELAY_P99_MS = 50

/**
 * Whether the generator kept to its own plan. A run that it spoiled is `unknown`, never a failure of the system
 * under load, and never a pass.
 */
export function judgeSelf(samples: readonly SelfSample[]): Statement {
  const arrivals = samples.reduce((sum, sample) => sum + sample.arrivals, 0)
  const late = samples.reduce((sum, sample) => sum + sample.late, 0)
  const spoiled = whySpoiled(samples, arrivals, late)
  return {
    subject: 'the generator itself',
    verdict: spoiled === null ? 'pass' : 'unknown',
    says: spoiled ?? `${late} of ${arrivals} arrivals late, ${describe(samples)}`,
    expected: `at most ${LATE_SHARE * 100} % late, event loop held up less than ${DELAY_P99_MS} ms`,
    why: 'A generator that is late, or too busy to look at the clock, measures itself.',
    ...(spoiled === null
      ? {}
      : { remedy: 'lower the rate, use more producers, or give it a quieter machine' }),
  }
}

function whySpoiled(samples: readonly SelfSample[], arrivals: number, late: number): string | null {
  if (samples.length === 0) return 'nobody watched the generator'
  if (arrivals === 0) return 'no arrivals came'
  const worst = samples.toSorted((a, b) => b.delayP99Ms - a.delayP99Ms)[0]
  if (late > arrivals * LATE_SHARE)
    return `${late} of ${arrivals} arrivals went out late, ${describe(samples)}`
  if (worst && worst.delayP99Ms > DELAY_P99_MS) {
    return `the event loop of ${worst.name} was held up for ${worst.delayP99Ms.toFixed(0)} ms at p99`
  }
  return null
}

function describe(samples: readonly SelfSample[]): string {
  return samples
    .map(
      ({ name, cpuShare, delayP99Ms }) =>
        `${name}: ${(cpuShare * 100).toFixed(0)} % of a core, event loop p99 ${delayP99Ms.toFixed(1)} ms`,
    )
    .join('; ')
}
