/** Works on what it is offered, one batch at a time: each rank in order, and the lower ranks first. */
export interface Lane<Item> {
  /** Rank 0 is the most urgent. */
  offer(item: Item, rank?: number): void
  /** Resolves when everything offered so far has been worked on, or the lane has failed. */
  idle(): Promise<void>
}

export interface LaneOptions<Item> {
  /** How many ranks there are; 1 when all items are alike. */
  readonly ranks?: number
  readonly most: number
  /** A batch is of one rank. */
  readonly work: (batch: readonly Item[], rank: number) => Promise<void>
  /** Hears of the failure that ends the lane; what is still queued is not worked on. */
  readonly onFailure: (error: unknown) => void
}

/** Batches for which a rank gives way to more urgent ones; then it has one, so that it never starves. */
const PATIENCE = 15

interface Queue<Item> {
  readonly items: Item[]
  /** Batches that went before, although something was waiting here. */
  passedOver: number
}

/** A lane takes whatever has gathered since its last batch, so batches grow with the load and no timer waits. */
export function startLane<Item>({ ranks = 1, most, work, onFailure }: LaneOptions<Item>): Lane<Item> {
  const queues = Array.from({ length: ranks }, (): Queue<Item> => ({ items: [], passedOver: 0 }))
  let running: Promise<void> | null = null
  const run = async () => {
    // What is offered in the same turn belongs in one batch.
    await Promise.resolve()
    try {
      for (let rank = nextRank(queues); rank !== null; rank = nextRank(queues)) {
        await work(queues[rank]?.items.splice(0, most) ?? [], rank)
      }
    } catch (error) {
      for (const { items } of queues) items.length = 0
      onFailure(error)
    }
    running = null
  }
  return {
    offer(item, rank = 0) {
      const queue = queues[rank]
      if (!queue) throw new RangeError(`rank ${rank} of a lane that has ${queues.length}`)
      queue.items.push(item)
      running ??= run()
    },
    idle: () => running ?? Promise.resolve(),
  }
}

/** The most urgent rank with something waiting, unless another has waited too long; `null` when nothing waits. */
function nextRank<Item>(queues: readonly Queue<Item>[]): number | null {
  const waiting = [...queues.entries()].filter(([, { items }]) => items.length > 0)
  const [first] = waiting
  if (!first) return null
  const [rank, chosen] = waiting.findLast(([, { passedOver }]) => passedOver >= PATIENCE) ?? first
  for (const [, queue] of waiting) queue.passedOver = queue === chosen ? 0 : queue.passedOver + 1
  return rank
}
