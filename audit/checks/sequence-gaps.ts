import { formatMeasure } from '#kernel/format/format-measure.ts'
import { formatNumber } from '#kernel/format/format-number.ts'
import { defineCheck, type Finding } from '../check.ts'
import type { NewestEntry, NewestEvidence } from '../evidence/newest-evidence.ts'

type Sequenced = NewestEntry & { readonly seq: number }

interface Gap {
  readonly before: Sequenced
  readonly after: Sequenced
  readonly size: number
}

export default defineCheck({
  id: 'sequence-gaps',
  title: 'The newest events follow each other without a hole',
  why: 'An ingester that drops what it cannot append (a full stream, a full memory, a lost connection) and then moves its cursor on leaves a hole of a whole batch in the sequence of the relay, and nothing else: no error, no counter. Some 50 to 500 events each time.',
  remedy:
    'stop the ingester; standpipe cursor set <the sequence before the hole> --host <relay> says what that replays, and with --yes does it; then standpipe ingest, which pauses the socket instead of dropping',
  runbook: 'stream-ingest-stalled',
  needs: ['newest'],
  limits: {
    /** How many times the usual step, and how many sequences, a step must be to be a hole. */
    usualSteps: 20,
    leastMissing: 40,
    leastEntries: 10,
  },

  judge: ({ newest }, { limits }) => newest.flatMap((one) => judgeStream(one, limits)),
})

function judgeStream(
  { stream, entries }: NewestEvidence,
  limits: { usualSteps: number; leastMissing: number; leastEntries: number },
): Finding[] {
  const sequenced = entries.filter((entry): entry is Sequenced => entry.seq !== null).toReversed()
  if (sequenced.length < limits.leastEntries) return []
  const gaps = gapsOf(sequenced)
  const usual = Math.max(
    1,
    gaps.map(({ size }) => size).toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 1,
  )
  const holes = gaps.filter(({ size }) => size > Math.max(limits.usualSteps * usual, limits.leastMissing))
  const widest = holes.toSorted((a, b) => b.size - a.size)[0]
  return [
    {
      subject: stream,
      verdict: widest ? 'warn' : 'pass',
      observed: widest
        ? `${holes.length === 1 ? 'a hole' : `${holes.length} holes, the widest`} of ${formatNumber(widest.size - 1)} sequences between ${widest.before.seq} (${widest.before.id}) and ${widest.after.seq} (${widest.after.id})${timeOf(widest)}, as a batch leaves that was thrown away; usual are steps of ${formatNumber(usual)}`
        : `${sequenced.length} newest events in steps of ${formatNumber(usual)}`,
      expected: `no step wider than ${limits.usualSteps} usual ones`,
      evidence: [
        {
          command: `XREVRANGE ${stream} + - COUNT ${entries.length}`,
          value: `seq ${sequenced[0]?.seq} to ${sequenced.at(-1)?.seq}`,
        },
      ],
    },
  ]
}

function gapsOf(entries: readonly Sequenced[]): Gap[] {
  return entries.slice(1).flatMap((after, index) => {
    const before = entries[index]
    return before && after.seq > before.seq ? [{ before, after, size: after.seq - before.seq }] : []
  })
}

function timeOf({ before, after }: Gap): string {
  if (before.eventMs === null || after.eventMs === null) return ''
  return `, ${formatMeasure(Math.max(0, after.eventMs - before.eventMs), 'ms')} of firehose`
}
