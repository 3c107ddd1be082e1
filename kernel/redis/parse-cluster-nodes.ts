/** One node of a cluster as another, or it itself, sees it. */
export interface ClusterNode {
  readonly id: string
  readonly host: string
  readonly port: number
  /** Whether it is the one that was asked. */
  readonly self: boolean
  readonly role: 'primary' | 'replica'
  /** The node that a replica copies; `null` of a primary. */
  readonly primaryId: string | null
  /** `fail` by agreement, `suspected` by the one that was asked alone. */
  readonly state: 'ok' | 'suspected' | 'fail'
  /** Ranges of slots, both ends included. */
  readonly slots: readonly (readonly [from: number, to: number])[]
}

/**
 * The reply of CLUSTER NODES by address, without nodes that have none yet or no longer.
 * https://redis.io/docs/latest/commands/cluster-nodes/
 */
export function parseClusterNodes(reply: string): ClusterNode[] {
  const nodes = reply.split('\n').filter(Boolean).flatMap(parseNode)
  // Every node tells them in an order of its own.
  return nodes.toSorted((a, b) => a.host.localeCompare(b.host) || a.port - b.port)
}

function parseNode(line: string): ClusterNode[] {
  const [id = '', where = '', flagged = '', primary = '', , , , , ...slots] = line.split(' ')
  const flags = flagged.split(',')
  const [, host = '', port = ''] = /^(.*):(\d+)(@|,|$)/.exec(where) ?? []
  if (host === '' || flags.includes('noaddr') || flags.includes('handshake')) return []
  return [
    {
      id,
      host,
      port: Number(port),
      self: flags.includes('myself'),
      role: flags.includes('master') ? 'primary' : 'replica',
      primaryId: primary === '-' ? null : primary,
      state: flags.includes('fail') ? 'fail' : flags.includes('fail?') ? 'suspected' : 'ok',
      // One in brackets is on its way to another node, and still in the range of its owner.
      slots: slots.filter((range) => !range.startsWith('[')).map(parseRange),
    },
  ]
}

function parseRange(range: string): [number, number] {
  const [from = '', to = from] = range.split('-')
  return [Number(from), Number(to)]
}
