import { formatNumber } from '#kernel/format/format-number.ts'
import type { Measurement, Section, Statement } from '#kernel/report/report.ts'
import { type Verdict, worst } from '#kernel/verdict/verdict.ts'
import type { End, Snapshot, SustainedRun } from './snapshot.ts'

type Books = Snapshot['groups'][number]

/** Was every event committed, once, by every group? Only a run that drained can lose one for certain. */
export function toLedgerSection({ snapshots, end }: SustainedRun): Section {
  const last = snapshots.at(-1)
  const drained = end?.drained === true
  const statements = last
    ? [
        judgeSent(last),
        ...last.groups.map((books) => judgeGroup(books, last, drained)),
        judgeLeft(last, drained),
        ...judgeDrained(end),
      ]
    : []
  return {
    title: 'Did every event arrive, once?',
    verdict: statements.length > 0 ? worst(statements.map(({ verdict }) => verdict)) : 'unknown',
    answer: last ? inOneSentence(last) : 'nothing was seen',
    statements,
    measurements: last ? measure(last) : [],
    plots: [],
    timeline: [],
  }
}

function inOneSentence({ attempted, acknowledged, groups }: Snapshot): string {
  const least = Math.min(...groups.map(({ committed }) => committed))
  return `${formatNumber(attempted)} events sent, ${formatNumber(acknowledged)} acknowledged by Redis, ${formatNumber(least)} committed by ${groups.length > 1 ? 'every group' : 'the group'}`
}

function judgeSent({ attempted, acknowledged }: Snapshot): Statement {
  const indeterminate = attempted - acknowledged
  return {
    subject: 'events sent',
    verdict: attempted > 0 && indeterminate === 0 ? 'pass' : 'unknown',
    says: `${formatNumber(attempted)} attempted, ${formatNumber(acknowledged)} acknowledged, ${formatNumber(indeterminate)} without an answer`,
    expected: 'as many acknowledged as attempted, and more than none',
    why: 'What was never acknowledged may be in the stream or not.',
  }
}

function judgeGroup(books: Books, { acknowledged }: Snapshot, drained: boolean): Statement {
  const { group, committed, missing, again, unexpected } = books
  return {
    subject: `what ${group} committed`,
    verdict: verdictOf(books, acknowledged, drained),
    says: `${formatNumber(committed)} committed, ${formatNumber(missing)} acknowledged and ${drained ? 'lost' : 'not yet there'}, ${again} twice, ${unexpected} that nobody sent`,
    expected: 'every one once',
    why: 'An event that Redis acknowledged and no reader got is lost without a word.',
  }
}

function verdictOf({ missing, again, unexpected }: Books, acknowledged: number, drained: boolean): Verdict {
  if (unexpected > 0 || (drained && missing > 0)) return 'fail'
  if (!drained || acknowledged === 0) return 'unknown'
  return again > 0 ? 'warn' : 'pass'
}

function judgeLeft({ redis }: Snapshot, drained: boolean): Statement {
  return {
    subject: 'what is left in Redis',
    verdict: leftVerdict(redis, drained),
    says: redis
      ? `${redis.pending} pending, ${redis.deadLetters} dead letters`
      : 'Redis did not answer at the end',
    expected: 'nothing pending, no dead letter',
    why: 'Every entry of this run can be read, so none has a reason to stay.',
  }
}

function leftVerdict(redis: Snapshot['redis'], drained: boolean): Verdict {
  if (redis === null) return 'unknown'
  if (redis.deadLetters > 0) return 'fail'
  if (redis.pending === 0) return 'pass'
  return drained ? 'fail' : 'unknown'
}

/** Only of a run that came to its end by itself. */
function judgeDrained(end: End | null): Statement[] {
  if (end === null || end.cutShort !== null) return []
  return [
    {
      subject: 'the end of the run',
      verdict: end.drained ? 'pass' : 'fail',
      says: end.drained
        ? 'everything was committed and acknowledged'
        : 'a minute after the last arrival something was still under way',
      expected: 'everything through within a minute',
    },
  ]
}

function measure({ attempted, acknowledged, groups }: Snapshot): Measurement[] {
  const count = (name: string, value: number, method: string): Measurement => ({
    name,
    unit: 'events',
    value,
    samples: attempted,
    method,
  })
  return [
    count('attempted', attempted, 'handed to the append, by the clock'),
    count('acknowledged', acknowledged, 'confirmed by Redis'),
    ...groups.flatMap(({ group, committed, again }) => [
      count(`committed by ${group}`, committed, 'handed to its sink at least once'),
      {
        ...count(`committed again by ${group}`, again, 'handed to its sink once more'),
        better: 'lower' as const,
      },
    ]),
  ]
}
