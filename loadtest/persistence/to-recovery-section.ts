import { formatMeasure } from '#kernel/format/format-measure.ts'
import type { Measurement, Moment, Section, Statement } from '#kernel/report/report.ts'
import { worst } from '#kernel/verdict/verdict.ts'
import { judgeReadBack } from '../capacity/to-read-back-section.ts'
import type { Recovery } from './recovery.ts'

/** What was acknowledged, what came back, and what did the relay's replay repair? */
export function toRecoverySection(run: Recovery): Section {
  const statements = [
    judgeProof(run),
    ...(run.injury.mustRefuse || run.refusedToStart !== null ? [judgeRefusal(run)] : []),
    judgeLoss(run),
    judgeCursor(run),
    judgeReplay(run),
  ]
  const lost = lostOf(run)
  return {
    title: run.injury.title,
    verdict: worst(statements.map(({ verdict }) => verdict)),
    answer: `${run.cameBack.read} of ${run.acknowledged} acknowledged entries came back after ${formatMeasure(run.readySeconds, 's')}; ${lost === 0 ? 'nothing was lost' : `the relay's replay repaired ${lost - run.afterReplay.missing} of ${lost}`}`,
    statements,
    measurements: measure(run, lost),
    plots: [
      {
        title: 'Entries acknowledged',
        unit: 'entries',
        x: 'seconds',
        series: [{ name: 'acknowledged', points: run.arrivals }],
        method: `up to the end of Redis, as fast as it took them; ${run.arrivals.length} looks`,
      },
    ],
    timeline: toTimeline(run, lost),
  }
}

function toTimeline({ arrivals, lostSeconds, injury }: Recovery, lost: number): Moment[] {
  const end = arrivals.at(-1)?.[0] ?? 0
  const back = { at: end - (lostSeconds ?? 0), what: 'the last entry that came back', kind: 'note' } as const
  return [...(lost > 0 ? [back] : []), { at: end, what: injury.id, kind: 'fault' }]
}

function lostOf({ acknowledged, cameBack }: Recovery): number {
  return Math.max(0, acknowledged - cameBack.equal)
}

function judgeProof({ proof, acknowledged }: Recovery): Statement {
  const happened = proof.bit && acknowledged > 0
  return {
    subject: 'the injury',
    verdict: happened ? 'pass' : 'unknown',
    says: `${happened ? 'happened' : 'not proven'}: ${proof.detail}; ${acknowledged} entries were acknowledged before`,
    expected: 'an injury that is known to have happened, while entries were appended',
  }
}

function judgeRefusal({ injury, refusedToStart, mended }: Recovery): Statement {
  const refused = refusedToStart !== null
  return {
    subject: 'the start on a corrupt file',
    verdict: refused === injury.mustRefuse ? 'pass' : 'fail',
    says: refused
      ? `refused: ${refusedToStart}; then redis-check-aof --fix: ${mended}`
      : 'Redis started on it without a word',
    expected: injury.mustRefuse ? 'refused' : 'started',
    why: 'The repair cuts everything off that follows the corrupt place: copy the file first, and say what is gone.',
  }
}

function judgeLoss(run: Recovery): Statement {
  const { injury, acknowledged, cameBack, lostSeconds, indeterminate } = run
  const lost = lostOf(run)
  const wrong = cameBack.altered + cameBack.unexpected
  const beyond = Math.max(0, cameBack.equal - acknowledged)
  const words = [
    `${cameBack.equal} of ${acknowledged} acknowledged entries came back to the letter`,
    ...(lost === 0
      ? []
      : [
          `${lost} did not${lostSeconds === null ? '' : `, those of the last ${formatMeasure(lostSeconds, 's')}`}`,
        ]),
    ...(beyond === 0 ? [] : [`${beyond} of ${indeterminate} that were under way came back too`]),
    ...(wrong === 0 ? [] : [`${wrong} altered or out of place`]),
  ]
  return {
    subject: 'what came back',
    verdict: acknowledged === 0 ? 'unknown' : wrong > 0 || (lost > 0 && !injury.mayLose) ? 'fail' : 'pass',
    says: words.join('; '),
    expected: injury.mayLose ? 'the first entries without a hole; the last ones may be gone' : 'all of them',
  }
}

function judgeCursor({ cursor, cameBack }: Recovery): Statement {
  return {
    subject: 'the cursor',
    verdict: (cursor ?? 0) === cameBack.read ? 'pass' : 'fail',
    says: `it stands at ${cursor ?? 'nothing'}, and ${cameBack.read} entries came back`,
    expected: 'the same: they are stored in one step, and go back together',
    why: 'A cursor ahead of its entries makes the ingester skip what is gone, and nobody asks the relay again.',
  }
}

function judgeReplay({ afterReplay, replayed }: Recovery): Statement {
  const statement = judgeReadBack(afterReplay)
  return {
    ...statement,
    subject: 'after the replay',
    says: `${replayed} entries appended again from the cursor on; ${statement.says}`,
    expected: 'every acknowledged entry once, in its order',
    why: 'The relay still has what Redis forgot, for as long as its replay window.',
  }
}

function measure(run: Recovery, lost: number): Measurement[] {
  const entries = (name: string, value: number, method: string): Measurement => ({
    name,
    unit: 'entries',
    value,
    samples: run.acknowledged,
    method,
  })
  return [
    entries('acknowledged', run.acknowledged, 'replies that arrived, counted outside Redis'),
    {
      ...entries('lost before the replay', lost, 'acknowledged less those that came back equal'),
      better: 'lower',
    },
    {
      name: 'lost time',
      unit: 's',
      value: lost === 0 ? 0 : run.lostSeconds,
      samples: 1,
      method: 'from the last entry that came back to the end',
    },
    entries('repaired by the replay', lost - run.afterReplay.missing, 'lost before, and there after it'),
    {
      name: 'time to ready',
      unit: 's',
      value: run.readySeconds,
      samples: 1,
      method: `start to first answer, append-only log of ${formatMeasure(run.aofBytes, 'bytes')}`,
    },
  ]
}
