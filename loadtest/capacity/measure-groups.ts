import type { Redis } from 'ioredis'
import { acknowledgeAndCount } from '#pipeline/accounting/acknowledge-and-count.ts'
import type { GroupCost } from './group-cost.ts'
import { readSize } from './read-size.ts'

export interface GroupPlan {
  readonly redis: Redis
  readonly stream: string
  readonly groups: readonly string[]
  /** Entries for each group. */
  readonly entries: number
  readonly update: (progress: string) => void
  readonly signal: AbortSignal
}

const PAGE = 1_000
const ACKNOWLEDGED_AT_ONCE = 500

type Delivery = [stream: string, entries: [id: string, fields: string[] | null][]][] | null

/** Hands the oldest entries to every group, looks at the memory as they pile up, and acknowledges them all. */
export async function measureGroups({
  redis,
  stream,
  groups,
  entries,
  update,
  signal,
}: GroupPlan): Promise<GroupCost> {
  const startedAt = performance.now()
  const look = async (count: number) => ({ count, ...(await readSize(redis)) })
  const deliveries = [await look(0)]
  const held = new Map<string, string[]>()
  let delivered = 0
  for (const group of groups) {
    await redis.xgroup('CREATE', stream, group, '0')
    const ids: string[] = []
    held.set(group, ids)
    while (ids.length < entries) {
      signal.throwIfAborted()
      const count = Math.min(PAGE, entries - ids.length)
      const reply = (await redis.xreadgroup(
        'GROUP',
        group,
        'consumer',
        'COUNT',
        count,
        'STREAMS',
        stream,
        '>',
      )) as Delivery
      const page = reply?.[0]?.[1] ?? []
      if (page.length === 0) break
      for (const [id] of page) ids.push(id)
      delivered += page.length
      deliveries.push(await look(delivered))
      update(`${delivered} deliveries to ${held.size} of ${groups.length} groups`)
    }
  }
  let acknowledged = 0
  const acknowledgements = [await look(0)]
  for (const [group, ids] of held) {
    for (let at = 0; at < ids.length; at += ACKNOWLEDGED_AT_ONCE) {
      signal.throwIfAborted()
      acknowledged += await acknowledgeAndCount(
        redis,
        { stream, group },
        ids.slice(at, at + ACKNOWLEDGED_AT_ONCE),
      )
    }
    acknowledgements.push(await look(acknowledged))
    update(`${acknowledged} of ${delivered} acknowledged`)
  }
  return {
    groups: groups.length,
    entries,
    delivered,
    acknowledged,
    deliveries,
    acknowledgements,
    tookMs: performance.now() - startedAt,
  }
}
