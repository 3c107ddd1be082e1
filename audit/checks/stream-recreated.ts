import { compareEntryIds } from '#kernel/streams/compare-entry-ids.ts'
import { byStream } from '../by-stream.ts'
import { defineCheck, type Finding } from '../check.ts'
import type { CursorEvidence, StoredCursor } from '../evidence/cursor-evidence.ts'
import type { StreamEvidence } from '../evidence/stream-evidence.ts'
import type { ExistingStream } from '../existing-stream.ts'
import { quoteStream } from '../quote-stream.ts'
import { streamSeries } from '../window.ts'

export default defineCheck({
  id: 'stream-recreated',
  title: 'The stream is the one that the cursor was written with',
  why: 'When a stream is deleted, evicted or rolled back and made anew, its groups and all that was unread are gone, while a cursor beside it still says that everything up to its sequence is stored: the ingester goes on behind the gap, and nobody sees it.',
  remedy:
    'stop the ingester; set the cursor to the last event that the sink has: standpipe cursor set <seq> --host <relay>; make the groups anew at 0: redis-cli XGROUP CREATE <stream> <group> 0; then standpipe ingest',
  runbook: 'stream-missing',
  needs: ['streams'],
  wants: ['cursors', 'window'],
  limits: {},

  judge({ streams, cursors, window }) {
    const cursorOf = byStream(cursors)
    const seriesOf = streamSeries(window ?? [])
    return streams.flatMap((evidence) =>
      judgeStream(evidence, cursorOf.get(evidence.stream), seriesOf(evidence.stream)),
    )
  },
})

function judgeStream(
  { stream, state }: StreamEvidence,
  cursor: CursorEvidence | undefined,
  series: readonly ExistingStream[],
): Finding[] {
  const stored = cursor?.cursors.find(({ value }) => /^[1-9]\d*$/.test(value))
  if (state === null && !stored) return []
  const wrong = (stored && orphaned(stored, state)) ?? wentBack(series)
  return [
    {
      subject: stream,
      verdict: wrong === null ? 'pass' : 'fail',
      observed: wrong ?? 'nothing went back',
      expected: 'entries-added and the IDs only grow, and a cursor has entries beside it',
      evidence: [
        state ? quoteStream(stream, state) : { command: `XINFO STREAM ${stream}`, value: 'ERR no such key' },
        ...(stored ? [{ command: `GET ${stored.key}`, value: stored.value }] : []),
      ],
    },
  ]
}

/** That a cursor speaks of entries which never were in this stream, as a sentence; `null` when it does not. */
function orphaned({ key, value }: StoredCursor, state: StreamEvidence['state']): string | null {
  if (state !== null && state.entriesAdded !== 0) return null
  const holds = state === null ? 'there is no stream' : 'the stream never held an entry'
  return `${holds}, yet ${key} says that everything up to ${value} was stored`
}

/** What went back between two looks, as a sentence; `null` when nothing did. */
function wentBack(series: readonly ExistingStream[]): string | null {
  for (const [index, { state: after }] of series.slice(1).entries()) {
    const before = series[index]?.state
    if (!before) continue
    if (before.entriesAdded !== null && (after.entriesAdded ?? 0) < before.entriesAdded)
      return `entries-added fell from ${before.entriesAdded} to ${after.entriesAdded} while we watched`
    if (compareEntryIds(after.lastGeneratedId, before.lastGeneratedId) < 0)
      return `the last ID fell from ${before.lastGeneratedId} to ${after.lastGeneratedId} while we watched`
  }
  return null
}
