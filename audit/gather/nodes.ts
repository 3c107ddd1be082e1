import { parseClusterNodes } from '#kernel/redis/parse-cluster-nodes.ts'
import type { Gatherer } from './source.ts'

/** `CLUSTER NODES`, where this is a node of a cluster. */
export const gatherNodes: Gatherer<'nodes'> = async ({ redis, read }) => {
  const { enabled } = await read('cluster')
  return enabled ? parseClusterNodes(String(await redis.cluster('NODES'))) : []
}
