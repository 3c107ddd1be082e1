import { formatMeasure } from '#kernel/format/format-measure.ts'
import { judgeCeiling } from '#kernel/verdict/ceiling.ts'
import { byStream } from '../by-stream.ts'
import { defineCheck } from '../check.ts'
import type { FootprintEvidence } from '../evidence.ts'
import { type ExistingStream, isExisting } from '../existing-stream.ts'
import { countEntries } from '../quote-group.ts'
import { quoteStream } from '../quote-stream.ts'
import { shellWord } from '../shell-word.ts'

export default defineCheck({
  id: 'acked-not-deleted',
  title: 'What every group has acknowledged leaves the memory',
  why: 'Acknowledging removes nothing. Where nobody trims, a stream whose groups have read everything still grows at the rate of the ingest until XADD is refused: an 11 GB stream with a lag of 0 has been seen.',
  remedy:
    'standpipe trim --stream <stream> removes only what every group has acknowledged; with --dry-run it says how much',
  runbook: 'stream-will-fill',
  needs: ['streams', 'settings', 'memory'],
  wants: ['footprints', 'manifest'],
  since: '7.0.0',
  limits: { warnAt: 0.1, failAt: 0.5, leastEntries: 100_000, bytesPerEntry: 700 },

  judge({ streams, settings, memory, footprints, manifest }, { limits }) {
    const footprintOf = byStream(footprints)
    return streams.filter(isExisting).flatMap((evidence) => {
      const { stream, state, groups } = evidence
      const settled = countSettled(evidence)
      if (groups.length === 0 || manifest?.streams[stream]?.retention) return []
      const about = {
        subject: stream,
        expected: `less than ${limits.warnAt * 100} % of the memory`,
        evidence: [
          quoteStream(stream, state),
          {
            command: `XINFO GROUPS ${stream}`,
            value: groups
              .map(
                ({ name, entriesRead, pending }) =>
                  `${name} entries-read=${entriesRead ?? 'nil'} pending=${pending}`,
              )
              .join('; '),
          },
        ],
        remedy: `standpipe trim --stream ${shellWord(stream)}`,
      }
      if (settled === null)
        return [{ ...about, verdict: 'unknown', observed: 'cannot be counted: see lag-known' }]
      const total = settings.number('maxmemory') || memory.limitBytes
      const bytes = settled * bytesEach(footprintOf, evidence, limits.bytesPerEntry)
      return [
        {
          ...about,
          verdict: settled < limits.leastEntries ? 'pass' : judgeCeiling(bytes / total, limits),
          observed: `${countEntries(settled)} that no group needs take ${formatMeasure(bytes, 'bytes')}`,
        },
      ]
    })
  },
})

/** Entries that are there and that every group has acknowledged, by Redis' counters; `null` when they cannot tell. */
function countSettled({ state, groups }: ExistingStream): number | null {
  if (state.entriesAdded === null) return null
  const trimmed = state.entriesAdded - state.length
  const done = groups.map(({ lastDeliveredId, entriesRead, pending }) =>
    lastDeliveredId === '0-0' ? 0 : entriesRead === null ? null : entriesRead - pending,
  )
  if (done.some((one) => one === null)) return null
  return Math.max(0, Math.min(...(done as number[])) - trimmed)
}

function bytesEach(
  footprintOf: ReadonlyMap<string, FootprintEvidence>,
  { stream, state }: ExistingStream,
  assumed: number,
): number {
  const bytes = footprintOf.get(stream)?.bytes
  return bytes && state.length > 0 ? bytes / state.length : assumed
}
