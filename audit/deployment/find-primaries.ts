import type { Redis } from 'ioredis'
import { type ClusterNode, parseClusterNodes } from '#kernel/redis/parse-cluster-nodes.ts'
import type { AuditedServer } from './audited-server.ts'

interface FoundPrimary extends Omit<AuditedServer, 'connection' | 'url'> {
  /** `null` when this is no cluster, or would not name its nodes. */
  readonly node: ClusterNode | null
}

/** The server itself, or the primaries of its cluster, each with the streams in its slots. */
export async function findPrimaries(redis: Redis, streams: readonly string[]): Promise<FoundPrimary[]> {
  const { primaries, slots } = await readCluster(redis, streams)
  const [first] = primaries
  if (!first) return [{ node: null, address: null, streams, speaks: true }]
  const speaker = primaries.find(({ self }) => self) ?? first
  // A slot that nobody serves is asked of the speaker, which says so.
  const ownerOf = (slot: number) => primaries.find((node) => serves(node, slot)) ?? speaker
  return primaries.map((node) => ({
    node,
    address: primaries.length === 1 ? null : `${node.host}:${node.port}`,
    streams: slots.filter(({ slot }) => ownerOf(slot) === node).map(({ stream }) => stream),
    speaks: node === speaker,
  }))
}

interface Cluster {
  readonly primaries: readonly ClusterNode[]
  readonly slots: readonly { readonly stream: string; readonly slot: number }[]
}

/** No primaries outside a cluster, nor where Redis would not say: the server is then judged alone, and that told. */
async function readCluster(redis: Redis, streams: readonly string[]): Promise<Cluster> {
  try {
    const nodes = parseClusterNodes(String(await redis.cluster('NODES')))
    const slotOf = async (stream: string) => ({
      stream,
      slot: Number(await redis.cluster('KEYSLOT', stream)),
    })
    const primaries = nodes.filter(({ role }) => role === 'primary')
    return { primaries, slots: await Promise.all(streams.map(slotOf)) }
  } catch {
    return { primaries: [], slots: [] }
  }
}

function serves({ slots }: ClusterNode, slot: number): boolean {
  return slots.some(([from, to]) => slot >= from && slot <= to)
}
