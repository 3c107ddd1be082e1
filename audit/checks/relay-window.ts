import { formatMeasure } from '#kernel/format/format-measure.ts'
import { entryTime } from '#kernel/streams/entry-time.ts'
import { hours } from '#kernel/time/duration.ts'
import { judgeCeiling } from '#kernel/verdict/ceiling.ts'
import { byStream } from '../by-stream.ts'
import { defineCheck, type Finding } from '../check.ts'
import type { CursorEvidence } from '../evidence/cursor-evidence.ts'
import type { NewestEvidence } from '../evidence/newest-evidence.ts'

export default defineCheck({
  id: 'relay-window',
  title: 'The cursor lies well within what the relay can replay',
  why: 'A relay keeps some 24 to 72 hours. An ingester whose cursor is older than that goes on behind a gap, and no relay says so: the events in between are gone for good, and have to be fetched repo by repo.',
  remedy:
    'start the ingester now, before all else: standpipe ingest --relay <relay>; past the window the gap is to be backfilled',
  runbook: 'stream-ingest-stalled',
  needs: ['cursors', 'newest', 'time', 'manifest'],
  limits: { warnAt: 0.25, failAt: 0.75, windowMs: hours(24) },

  judge({ cursors, newest, time, manifest }, { limits }) {
    const windowMs = manifest?.['relay-window'] ?? limits.windowMs
    const newestOf = byStream(newest)
    return cursors.flatMap((evidence) =>
      judgeStream(evidence, newestOf.get(evidence.stream), { nowMs: time.serverMs, windowMs, limits }),
    )
  },
})

interface Against {
  readonly nowMs: number
  readonly windowMs: number
  readonly limits: { readonly warnAt: number; readonly failAt: number }
}

function judgeStream(
  { stream, cursors }: CursorEvidence,
  newest: NewestEvidence | undefined,
  { nowMs, windowMs, limits }: Against,
): Finding[] {
  const cursor = cursors.find(({ value }) => /^[1-9]\d*$/.test(value))
  const entry = newest?.entries[0]
  const atMs = entry ? (entry.eventMs ?? entryTime(entry.id)) : null
  if (!cursor || !entry || atMs === null) return []
  const ageMs = Math.max(0, nowMs - atMs)
  const left = windowMs - ageMs
  return [
    {
      subject: cursor.key,
      verdict: judgeCeiling(ageMs / windowMs, limits),
      observed:
        left > 0
          ? `it stands ${formatMeasure(ageMs, 'ms')} back; in ${formatMeasure(left, 'ms')} the relay drops what follows it, and that is gone for good`
          : `it stands ${formatMeasure(ageMs, 'ms')} back: what follows it is gone from the relay`,
      expected: `within ${formatMeasure(limits.warnAt * windowMs, 'ms')}, of the ${formatMeasure(windowMs, 'ms')} that the relay keeps`,
      evidence: [
        { command: `GET ${cursor.key}`, value: cursor.value },
        { command: `XREVRANGE ${stream} + - COUNT 1`, value: `${entry.id} seq=${entry.seq ?? 'nil'}` },
      ],
    },
  ]
}
