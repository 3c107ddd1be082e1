import type { IdResolver } from '@atproto/identity'
import { type Event, Firehose } from '@atproto/sync'
import { connectRedis } from '#kernel/redis/connect-redis.ts'

/**
 * The usual ingester, in a process of its own: `@atproto/sync`, JSON, and an ioredis pipeline of 500 XADDs with
 * two under way. Arguments: the relay, the Redis, the stream, and for signatures the directory of keys.
 */
const [relay = '', redisUrl = '', stream = '', plcUrl] = process.argv.slice(2)
const BATCH = 500

/** Knows nobody: without signatures and handles it is asked for documents only, which nobody reads. */
const knowsNobody = { did: { resolve: () => Promise.resolve(null) } } as unknown as IdResolver

/** Asks the directory once for each account, and for nothing but its key. Its own resolver refuses loopback. */
function knowsKeys(directory: string): IdResolver {
  const known = new Map<string, Promise<string>>()
  const ask = async (did: string) => {
    const document = (await (await fetch(`${directory}/${did}`)).json()) as KeyDocument
    return `did:key:${document.verificationMethod[0]?.publicKeyMultibase}`
  }
  const resolveAtprotoKey = (did: string) => {
    const key = known.get(did) ?? ask(did)
    known.set(did, key)
    return key
  }
  return { did: { resolve: () => Promise.resolve(null), resolveAtprotoKey } } as unknown as IdResolver
}

interface KeyDocument {
  readonly verificationMethod: readonly { readonly publicKeyMultibase: string }[]
}

const redis = await connectRedis(redisUrl, { name: 'bench' })
const underWay: Promise<unknown>[] = []
let waiting: string[] = []

const firehose = new Firehose({
  idResolver: plcUrl ? knowsKeys(plcUrl) : knowsNobody,
  service: relay,
  unauthenticatedCommits: !plcUrl,
  unauthenticatedHandles: true,
  filterCollections: ['app.bsky.*', 'chat.bsky.*'],
  excludeSync: true,
  handleEvent: take,
  onError: (error) => void process.stderr.write(`${error.message}: ${String(error.cause)}\n`),
})
await firehose.start()

/** Awaited by the firehose: nothing piles up when Redis is slower. */
async function take(event: Event): Promise<void> {
  waiting.push(JSON.stringify(toEntry(event)))
  if (waiting.length < BATCH) return
  if (underWay.length === 2) await underWay.shift()
  const pipeline = redis.pipeline()
  for (const text of waiting) pipeline.xadd(stream, '*', 'event', text)
  pipeline.set(`${stream}:cursor`, event.seq)
  waiting = []
  underWay.push(pipeline.exec())
}

function toEntry(event: Event): object {
  const { seq, time, did } = event
  switch (event.event) {
    case 'create':
    case 'update': {
      const { collection, rkey, rev, record } = event
      const cids = { commit: String(event.commit), cid: String(event.cid) }
      return { type: event.event, seq, time, did, rev, collection, rkey, ...cids, record }
    }
    case 'delete': {
      const { collection, rkey, rev } = event
      return { type: 'delete', seq, time, did, commit: String(event.commit), rev, collection, rkey }
    }
    case 'identity':
      return { type: 'identity', seq, time, did, handle: event.handle }
    case 'account':
      return { type: 'account', seq, time, did, active: event.active, status: event.status }
    case 'sync':
      return { type: 'sync', seq, time, did }
  }
}
