import { formatMeasure } from '#kernel/format/format-measure.ts'
import type { Moment, Plot, Section, Statement } from '#kernel/report/report.ts'
import { type Verdict, worst } from '#kernel/verdict/verdict.ts'
import { growthMeasurement, judgeGrowth } from './judge-growth.ts'
import type { Snapshot, SustainedRun } from './snapshot.ts'
import type { Watched } from './watched.ts'

/** What is shorter is all beginning: heaps fill, and the first trims come. */
const JUDGED_FROM_SECONDS = 600

/** Does anything creep that should stand still? */
export function toGrowthSection(
  run: SustainedRun,
  all: readonly Watched[],
  timeline: readonly Moment[],
): Section {
  const { snapshots, head } = run
  const lasted = snapshots.at(-1)?.at ?? 0
  const tooShort = !head.soak && lasted < JUDGED_FROM_SECONDS
  const statements = tooShort ? [notJudged(lasted)] : all.map((watched) => judgeGrowth(watched, head.soak))
  return {
    title: 'Does anything grow?',
    verdict: worst(statements.map(({ verdict }) => verdict)),
    answer: answerOf(statements),
    statements,
    measurements: [...(tooShort ? [] : all.map(growthMeasurement)), ...appendOnlyFile(snapshots)],
    plots: plot(run),
    timeline,
  }
}

function notJudged(lasted: number): Statement {
  return {
    subject: 'a slow leak',
    verdict: 'not-applicable',
    says: `not judged: ${formatMeasure(lasted, 's')} are too short to see one`,
    expected: `at least ${formatMeasure(JUDGED_FROM_SECONDS, 's')}`,
    remedy: 'standpipe load sustained --soak 8h',
  }
}

function answerOf(statements: readonly Statement[]): string {
  const grown = statements.filter(({ verdict }) => verdict === 'warn' || verdict === 'fail')
  const count = (wanted: Verdict) => statements.filter(({ verdict }) => verdict === wanted).length
  return [
    ...grown.map(({ subject, says }) => `${subject} ${says}`),
    ...(count('pass') > 0 ? [`${count('pass')} of ${statements.length} quantities stand still`] : []),
    ...(count('unknown') > 0 ? [`${count('unknown')} cannot be told`] : []),
    ...(count('not-applicable') > 0 ? ['the run was too short to see a slow leak'] : []),
  ].join('; ')
}

/** It grows with every write until it is rewritten, so its growth is told and not judged. */
function appendOnlyFile(snapshots: readonly Snapshot[]) {
  const seen = snapshots.flatMap(({ at, redis }) =>
    redis?.aofBytes == null ? [] : [{ at, bytes: redis.aofBytes }],
  )
  const [first, last] = [seen[0], seen.at(-1)]
  if (!first || !last || last.at <= first.at) return []
  const written = seen
    .slice(1)
    .reduce((sum, { bytes }, index) => sum + Math.max(0, bytes - (seen[index]?.bytes ?? bytes)), 0)
  return [
    {
      name: 'append-only file written',
      unit: 'bytes/s' as const,
      value: written / (last.at - first.at),
      samples: seen.length,
      method:
        'growth of aof_current_size between looks; a rewrite in between makes it smaller, and is left out',
      better: 'lower' as const,
    },
  ]
}

function plot({ snapshots, head }: SustainedRun): Plot[] {
  const method = `${snapshots.length} looks`
  const curve = (name: string, valueOf: (snapshot: Snapshot) => number | null | undefined) => ({
    name,
    points: snapshots.map((snapshot) => [snapshot.at, valueOf(snapshot) ?? null] as const),
  })
  const ceiling =
    head.maxmemoryBytes > 0 ? { ceiling: { name: 'maxmemory', value: head.maxmemoryBytes } } : {}
  return [
    {
      title: head.maxmemoryBytes > 0 ? 'Memory of Redis against maxmemory' : 'Memory of Redis',
      unit: 'bytes',
      x: 'seconds',
      series: [
        curve('used', ({ redis }) => redis?.usedMemoryBytes),
        curve('resident', ({ redis }) => redis?.rssBytes),
      ],
      ...ceiling,
      method,
    },
    {
      title: 'Fragmentation of Redis',
      unit: 'ratio',
      x: 'seconds',
      series: [curve('resident over used', ({ redis }) => redis?.fragmentation)],
      method,
    },
    {
      title: 'Append-only file',
      unit: 'bytes',
      x: 'seconds',
      series: [curve('size', ({ redis }) => redis?.aofBytes)],
      method,
    },
    {
      title: 'Resident memory of our processes',
      unit: 'bytes',
      x: 'seconds',
      series: [
        curve('consumers', ({ rss }) => rss.consumers || null),
        curve('generator', ({ rss }) => rss.generator),
      ],
      method,
    },
  ]
}
