import type { Section, Statement } from '#kernel/report/report.ts'
import { worst } from '#kernel/verdict/verdict.ts'
import type { EvictionRun } from './eviction-run.ts'

/** How much of the same buffer would another policy have left? */
export function toEvictionSection(title: string, runs: readonly EvictionRun[]): Section {
  const statements = runs.map(judgeEviction)
  return {
    title,
    verdict: runs.length === 0 ? 'unknown' : worst(statements.map(({ verdict }) => verdict)),
    answer: runs.map((run) => `${nameOf(run)}: ${shareGone(run)}`).join('; '),
    statements,
    measurements: runs.map((run) => ({
      name: `share gone under ${nameOf(run)}`,
      unit: 'ratio',
      value: run.acknowledged > 0 ? (run.acknowledged - run.left) / run.acknowledged : null,
      samples: run.acknowledged,
      method: 'entries acknowledged less those in the stream after the first eviction or refusal',
    })),
    plots: [],
    timeline: [],
  }
}

/** It is a demonstration: what fails is one that did not show what it was for. */
export function judgeEviction(run: EvictionRun): Statement {
  const { acknowledged, left, groupLeft, evicted, refusal } = run
  const harmless = evicted === 0 && refusal !== null
  const told = acknowledged > 0 && (evicted > 0 || harmless)
  const group = groupLeft ? 'its group is left' : 'its group is gone'
  return {
    subject: nameOf(run),
    verdict: told ? 'pass' : 'unknown',
    says: !told
      ? `${acknowledged} entries appended, and neither evicted nor refused: the limit was not reached`
      : harmless
        ? `it refused like noeviction, ${left} of ${acknowledged} entries are there: no key had a time to live`
        : `after the first eviction ${left} of ${acknowledged} acknowledged entries are left, and ${group}`,
    expected: harmless ? 'what noeviction does' : 'the loss that noeviction prevents: a stream is one key',
    ...(harmless ? {} : { remedy: 'CONFIG SET maxmemory-policy noeviction' }),
  }
}

function nameOf({ policy, expires }: EvictionRun): string {
  return expires ? `${policy}, with a time to live on the stream` : policy
}

function shareGone({ acknowledged, left, evicted, refusal }: EvictionRun): string {
  if (evicted === 0 && refusal !== null) return 'nothing gone, it refuses'
  if (evicted === 0 || acknowledged === 0) return 'the limit was not reached'
  return `${Math.round((100 * (acknowledged - left)) / acknowledged)} % of the stream gone`
}
