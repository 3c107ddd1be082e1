import { defineCheck } from '../check.ts'
import { quoteStream } from '../quote-stream.ts'

export default defineCheck({
  id: 'expected-streams',
  title: 'Every stream that was declared exists',
  why: 'A stream that is gone took its groups and all its entries with it. The next XADD makes the key anew without groups: consumers get NOGROUP hundreds of times a second, and nothing is indexed.',
  remedy:
    'find out who deleted it (FLUSHALL, DEL, eviction, an empty restart) before the evidence is gone: redis-cli INFO stats; then standpipe ingest --start oldest',
  runbook: 'stream-missing',
  needs: ['streams', 'manifest'],
  limits: {},

  judge: ({ streams, manifest }) =>
    streams
      .filter(({ stream }) => manifest?.streams[stream])
      .map(({ stream, state }) => ({
        subject: stream,
        verdict: state ? 'pass' : 'fail',
        observed: state ? `holds ${state.length} entries` : 'there is no such key',
        expected: 'it exists, as the manifest says',
        evidence: [
          state
            ? quoteStream(stream, state)
            : { command: `XINFO STREAM ${stream}`, value: 'ERR no such key' },
        ],
      })),
})
