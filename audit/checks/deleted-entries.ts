import { defineCheck } from '../check.ts'
import { compareVersions } from '../compare-versions.ts'
import { isExisting } from '../existing-stream.ts'
import { quoteStream } from '../quote-stream.ts'
import { toProduct } from '../to-product.ts'

export default defineCheck({
  id: 'deleted-entries',
  title: 'No entry is deleted in a way that makes the lag wrong',
  why: 'Before Redis 7.4.2 one XDEL ahead of a group makes its lag unknown, and a deletion behind it makes the count of what was lost unreliable: exactly the two numbers by which a loss of events can be seen.',
  remedy: 'trim instead of XDEL: standpipe trim; or move to Redis 7.4.4 or later',
  needs: ['streams', 'server'],
  since: '7.0.0',
  limits: { mendedIn: '7.4.2' },

  judge({ streams, server }, { limits }) {
    const { product, version } = toProduct(server)
    const mended = product === 'redis' && compareVersions(version, limits.mendedIn) >= 0
    return streams.filter(isExisting).flatMap(({ stream, state }) => {
      if (state.maxDeletedEntryId === null) return []
      const deleted = state.maxDeletedEntryId !== '0-0'
      return [
        {
          subject: stream,
          verdict: deleted && !mended ? 'warn' : 'pass',
          observed: deleted
            ? `XDEL was used, up to ${state.maxDeletedEntryId}, on ${product} ${version}`
            : 'XDEL was never used',
          expected: `no XDEL before Redis ${limits.mendedIn}`,
          evidence: [quoteStream(stream, state)],
        },
      ]
    })
  },
})
