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

/** `id host:port@cport,… flags primary ping pong epoch link slot …`; a node without an address has no host. */
const NODE = /^(\S+) (\S+?):(\d+)(?:[@,]\S*)? (\S+) (\S+) \S+ \S+ \S+ \S+ ?(.*)$/

function parseNode(line: string): ClusterNode[] {
  const [, id, host, port, flagged, primary, slots] = NODE.exec(line) ?? []
  if (!id || !host || !flagged || /noaddr|handshake/.test(flagged)) return []
  const flags = flagged.split(',')
  return [
    {
      id,
      host,
      port: Number(port),
      self: flags.includes('myself'),
      role: flags.includes('master') ? 'primary' : 'replica',
      primaryId: primary === '-' || !primary ? null : primary,
      state: stateOf(flags),
      slots: parseSlots(slots ?? ''),
    },
  ]
}

function stateOf(flags: readonly string[]): ClusterNode['state'] {
  if (flags.includes('fail')) return 'fail'
  return flags.includes('fail?') ? 'suspected' : 'ok'
}

/** One in brackets is on its way to another node, and still in the range of its owner. */
function parseSlots(text: string): [number, number][] {
  const ranges = text.split(' ').filter((range) => /^\d/.test(range))
  return ranges.map((range) => {
    const [from = '', to = from] = range.split('-')
    return [Number(from), Number(to)]
  })
}
