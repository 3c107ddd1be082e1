import { formatMeasure } from '#kernel/format/format-measure.ts'
import { defineCheck } from '../check.ts'
import { isExisting } from '../existing-stream.ts'
import { shellWord } from '../shell-word.ts'

export default defineCheck({
  id: 'stream-expiry',
  title: 'No stream expires',
  why: 'A key that expires goes as a whole: every entry, every group and every pending list at once, at a time that was set long ago.',
  remedy: 'redis-cli PERSIST <stream>',
  runbook: 'stream-missing',
  needs: ['streams'],
  limits: {},

  judge: ({ streams }) =>
    streams.filter(isExisting).map(({ stream, state, expiresInMs }) => ({
      subject: stream,
      verdict: expiresInMs === null ? 'pass' : 'fail',
      observed:
        expiresInMs === null
          ? 'never'
          : `in ${formatMeasure(expiresInMs, 'ms')} it is deleted with its ${state.length} entries`,
      expected: 'never',
      evidence: [{ command: `PTTL ${stream}`, value: String(expiresInMs ?? -1) }],
      remedy: `redis-cli PERSIST ${shellWord(stream)}`,
    })),
})
