import { formatMeasure } from '#kernel/format/format-measure.ts'
import type { Measurement, Section, Statement } from '#kernel/report/report.ts'
import { worst } from '#kernel/verdict/verdict.ts'
import { judgeReadBack } from '../capacity/to-read-back-section.ts'
import type { Fragmentation, PressureRun } from './pressure-run.ts'
import type { Tried } from './probe.ts'

/** What does a buffer under noeviction do at its limit and past it, and what is left of it afterwards? */
export function toPressureSection(title: string, run: PressureRun): Section {
  const statements = [judgeCrossing(run), ...run.probes.map(judgeTried), judgeRecovery(run), judgeUnread(run)]
  const working = run.probes.filter(({ outcome }) => outcome === 'works').length
  return {
    title,
    verdict: worst(statements.map(({ verdict }) => verdict)),
    answer: [
      `appends are refused after ${run.filled} entries, ${working} of ${run.probes.length} commands still work;`,
      `after acknowledging and trimming it takes entries again, and ${run.delivered.missing} of ${run.acknowledged} are missing`,
    ].join(' '),
    statements,
    measurements: measure(run),
    plots: [
      {
        title: 'Memory against maxmemory',
        unit: 'bytes',
        x: 'seconds',
        series: [{ name: 'used', points: run.looks.map(({ at, usedBytes }) => [at, usedBytes]) }],
        ceiling: { name: 'maxmemory', value: run.maxmemoryBytes },
        method: `${run.looks.length} looks; what counts against maxmemory`,
      },
    ],
    timeline: run.timeline,
  }
}

/** Whatever else was seen says nothing unless the limit was really crossed. */
function judgeCrossing({ refusal, refusedCalls, bytesBeyond, readWhileFull }: PressureRun): Statement {
  const crossed = refusal !== null && refusedCalls > 0 && bytesBeyond > 0
  return {
    subject: 'the limit',
    verdict: crossed ? 'pass' : 'unknown',
    says: crossed
      ? `crossed: Redis answered "${refusal}", and reading ${readWhileFull} entries took it ${formatMeasure(bytesBeyond, 'bytes')} beyond`
      : `not crossed: ${refusal === null ? 'nothing was refused' : `${formatMeasure(bytesBeyond, 'bytes')} beyond it`}`,
    expected: 'a refused append, and more memory used than maxmemory',
    why: 'Reading goes on when appending does not, and every delivery costs memory until it is acknowledged.',
  }
}

export function judgeTried({ name, expected, outcome, says, bytesOver }: Tried): Statement {
  const proven = bytesOver > 0
  return {
    subject: name,
    verdict: proven ? (outcome === expected ? 'pass' : 'fail') : 'unknown',
    says: proven
      ? `${outcome}, ${formatMeasure(bytesOver, 'bytes')} past the limit${says === '' ? '' : `: ${says}`}`
      : 'tried when Redis was no longer past its limit',
    expected,
  }
}

function judgeRecovery({ trimmed, appendedAgain }: PressureRun): Statement {
  return {
    subject: 'the way back',
    verdict: trimmed > 0 && appendedAgain > 0 ? 'pass' : 'fail',
    says: `${trimmed} acknowledged entries trimmed, ${appendedAgain} new ones appended after that`,
    expected: 'room from what nobody needs, without a restart and without more maxmemory',
  }
}

function judgeUnread({ delivered, evicted }: PressureRun): Statement {
  const statement = judgeReadBack(delivered)
  return {
    ...statement,
    subject: 'unread entries',
    verdict: evicted > 0 ? 'fail' : statement.verdict,
    says: `the group was handed ${statement.says}; ${evicted} keys evicted`,
    why: 'A full buffer must stand still, never forget.',
  }
}

function measure({
  fragmentation,
  filled,
  acknowledged,
  delivered,
  maxmemoryBytes,
}: PressureRun): Measurement[] {
  const ratios = (when: string, { ratio, allocatorRatio }: Fragmentation): Measurement[] => [
    asRatio(`fragmentation of the allocator, ${when}`, allocatorRatio, 'allocator_frag_ratio of INFO memory'),
    asRatio(`resident by used memory, ${when}`, ratio, 'mem_fragmentation_ratio of INFO memory'),
  ]
  const entries = (name: string, value: number, method: string): Measurement => ({
    name,
    unit: 'entries',
    value,
    samples: 1,
    method,
  })
  return [
    entries(
      'entries at the limit',
      filled,
      `appended until refused, maxmemory ${formatMeasure(maxmemoryBytes, 'bytes')}`,
    ),
    entries('entries in the end', acknowledged, 'acknowledged by Redis, counted outside of it'),
    entries('entries handed out', delivered.read, 'XREADGROUP, each compared with what was appended'),
    ...ratios('empty', fragmentation.empty),
    ...ratios('full', fragmentation.full),
    ...ratios('drained', fragmentation.drained),
  ]
}

function asRatio(name: string, value: number, method: string): Measurement {
  return { name, unit: 'ratio', value: Number.isFinite(value) ? value : null, samples: 1, method }
}
