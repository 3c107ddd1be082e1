import { byStream } from '../by-stream.ts'
import { defineCheck } from '../check.ts'
import { isExisting } from '../existing-stream.ts'
import { nameSome } from '../name-some.ts'

export default defineCheck({
  id: 'aof-load-truncated',
  title: 'A cut end of the append-only file loses nothing for good',
  why: 'With aof-load-truncated yes Redis starts on a file whose end was cut and says so in its log only: the last events are gone in silence. That is right where the cursor lies in the same file, since the relay replays what went with it, and a loss everywhere else.',
  remedy:
    'keep the cursor in this Redis (standpipe ingest does); or redis-cli CONFIG SET aof-load-truncated no, and look at the log after every start',
  needs: ['settings'],
  wants: ['streams', 'cursors'],
  limits: {},

  judge({ settings, streams, cursors }) {
    if (settings.text('appendonly') !== 'yes') return []
    const silent = settings.text('aof-load-truncated') === 'yes'
    const filled = (streams ?? []).filter(isExisting).filter(({ state }) => state.length > 0)
    const cursorOf = byStream(cursors)
    const apart = filled.filter(({ stream }) => !cursorOf.get(stream)?.cursors.length)
    return [
      {
        subject: 'aof-load-truncated',
        verdict: silent && apart.length > 0 ? 'warn' : 'pass',
        observed: !silent
          ? 'no: Redis does not start on a file that was cut'
          : apart.length > 0
            ? `yes, and no cursor was found beside ${nameSome(apart.map(({ stream }) => stream))}: a cut end is lost in silence`
            : 'yes; a cursor that lies in the same file goes back with it',
        expected: 'the cursor in the same file, or no',
        evidence: settings.quotes('aof-load-truncated'),
      },
    ]
  },
})
