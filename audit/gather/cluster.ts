import type { Redis } from 'ioredis'
import { cursorKey, deadLetterStream } from '#pipeline/contract.ts'
import type { KeySlots } from '../evidence/cluster-evidence.ts'
import type { Gatherer } from './source.ts'

/** Whether this is a node of a cluster, and then by `CLUSTER KEYSLOT` where the keys of each stream lie. */
export const gatherCluster: Gatherer<'cluster'> = async ({ redis, read, streams, manifest }) => {
  const server = await read('server')
  if (!server.has('cluster_enabled') || server.text('cluster_enabled') !== '1')
    return { enabled: false, slots: [] }
  const relay = manifest?.relay ?? '<relay>'
  return { enabled: true, slots: await Promise.all(streams.map((stream) => slotsOf(redis, stream, relay))) }
}

async function slotsOf(redis: Redis, stream: string, relay: string): Promise<KeySlots> {
  const names = [stream, cursorKey(stream, relay), deadLetterStream(stream)]
  const keys = await Promise.all(
    names.map(async (key) => ({ key, slot: Number(await redis.cluster('KEYSLOT', key)) })),
  )
  return {
    stream,
    keys,
    quotes: keys.map(({ key, slot }) => ({ command: `CLUSTER KEYSLOT ${key}`, value: String(slot) })),
  }
}
