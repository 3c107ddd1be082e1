import type { Redis } from 'ioredis'
import { isReplyError } from '#kernel/redis/is-reply-error.ts'
import { type ClusterNode, parseClusterNodes } from '#kernel/redis/parse-cluster-nodes.ts'
import type { AuditedServer } from './audited-server.ts'

interface FoundPrimary extends Omit<AuditedServer, 'connection' | 'url'> {
  /** `null` when this is no cluster, or would not name its nodes. */
  readonly node: ClusterNode | null
}

/** The server itself, or the primaries of its cluster, each with the streams in its slots. */
export async function findPrimaries(redis: Redis, streams: readonly string[]): Promise<FoundPrimary[]> {
  const nodes = await readNodes(redis)
  const primaries = nodes.filter(({ role }) => role === 'primary')
  const [first] = primaries
  if (!first) return [{ node: null, address: null, streams, speaks: true }]
  const speaker = primaries.find(({ self }) => self) ?? first
  const slots = await Promise.all(
    streams.map(async (stream) => ({ stream, slot: Number(await redis.cluster('KEYSLOT', stream)) })),
  )
  // A slot that nobody serves is asked of the speaker, which says so.
  const ownerOf = (slot: number) => primaries.find((node) => serves(node, slot)) ?? speaker
  return primaries.map((node) => ({
    node,
    address: primaries.length === 1 ? null : `${node.host}:${node.port}`,
    streams: slots.filter(({ slot }) => ownerOf(slot) === node).map(({ stream }) => stream),
    speaks: node === speaker,
  }))
}

/** None outside a cluster, and none where the user may not ask: then the server is judged alone. */
async function readNodes(redis: Redis): Promise<ClusterNode[]> {
  try {
    return parseClusterNodes(String(await redis.cluster('NODES')))
  } catch (error) {
    if (isReplyError(error)) return []
    throw error
  }
}

function serves({ slots }: ClusterNode, slot: number): boolean {
  return slots.some(([from, to]) => slot >= from && slot <= to)
}
