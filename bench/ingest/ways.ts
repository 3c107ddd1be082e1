import { startChild } from '#kernel/process/child.ts'
import { seconds } from '#kernel/time/duration.ts'
import { fileBeside, STREAM, startNode, type Way } from './compare-ingesters.ts'

/** Our ingester at one level of verification; keys come from the directory beside the relay. */
export function standpipe(verify: 'cid' | 'signature' | 'full'): Way {
  return {
    name: `standpipe ingest --verify ${verify}`,
    start({ listening, plc }, redisUrl) {
      const where = ['--relay', listening, '--redis-url', redisUrl, '--stream', STREAM, '--start', 'oldest']
      const how = ['--high-water', '100000000', '--log-level', 'warn', '--verify', verify, '--plc-url', plc]
      return startChild(fileBeside('../../bin/standpipe'), ['ingest', ...where, ...how], {
        name: this.name,
        grace: seconds(15),
      })
    },
  }
}

/** The usual one. */
export function atprotoSync(mode: 'authenticated' | 'unauthenticated'): Way {
  return {
    name: `@atproto/sync (${mode}) + ioredis pipeline`,
    start({ listening, plc }, redisUrl) {
      const keys = mode === 'authenticated' ? [plc] : []
      return startNode(this.name, [
        fileBeside('atproto-sync-ingester.ts'),
        listening,
        redisUrl,
        STREAM,
        ...keys,
      ])
    },
  }
}
