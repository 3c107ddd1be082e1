import { cursorKey } from '#pipeline/contract.ts'
import { defineCheck, type Finding } from '../check.ts'
import type { CursorEvidence } from '../evidence/cursor-evidence.ts'
import { isExisting } from '../existing-stream.ts'

export default defineCheck({
  id: 'cursor-and-data-together',
  title: 'The cursor lies beside the data that it speaks of',
  why: 'A crash takes back the last second of entries. A cursor in the same append-only file goes back with them, and the relay replays the difference; a cursor kept elsewhere (PostgreSQL, a file) stays ahead, and up to 2 s of events are gone for good.',
  remedy:
    'let one script append the entries and set the cursor, in the same Redis: standpipe ingest does; then standpipe cursor list',
  needs: ['streams', 'cursors'],
  wants: ['manifest'],
  limits: {},

  judge({ streams, cursors, manifest }) {
    const filled = streams.filter(isExisting).filter(({ state }) => (state.entriesAdded ?? state.length) > 0)
    const names = new Set(filled.map(({ stream }) => stream))
    const relay = manifest?.relay ?? null
    return cursors.filter(({ stream }) => names.has(stream)).map((found) => judgeStream(found, relay))
  },
})

function judgeStream({ stream, cursors, complete }: CursorEvidence, relay: string | null): Finding {
  const [first] = cursors
  const about = {
    subject: stream,
    expected: `a key such as ${cursorKey(stream, relay ?? '<relay>')}`,
    evidence: [
      { command: 'SCAN 0 COUNT 1000', value: cursors.map(({ key }) => key).join(', ') || 'no cursor' },
    ],
  }
  if (first) return { ...about, verdict: 'pass', observed: `${first.key} = ${first.value}` }
  if (!complete && relay === null) {
    const observed = 'too many keys to look through; name the relay in standpipe.yaml'
    return { ...about, verdict: 'unknown', observed }
  }
  const observed = 'no cursor was found in this Redis: it is kept elsewhere, or not at all'
  return { ...about, verdict: 'warn', observed }
}
