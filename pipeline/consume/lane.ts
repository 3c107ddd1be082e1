/** Works on what it is offered, in order, one batch at a time. */
export interface Lane<Item> {
  offer(item: Item): void
  /** Resolves when everything offered so far has been worked on, or the lane has failed. */
  idle(): Promise<void>
}

export interface LaneOptions<Item> {
  readonly most: number
  readonly work: (batch: readonly Item[]) => Promise<void>
  /** Hears of the failure that ends the lane; what is still queued is not worked on. */
  readonly onFailure: (error: unknown) => void
}

/** A lane takes whatever has gathered since its last batch, so batches grow with the load and no timer waits. */
export function startLane<Item>({ most, work, onFailure }: LaneOptions<Item>): Lane<Item> {
  const queue: Item[] = []
  let running: Promise<void> | null = null
  const run = async () => {
    // What is offered in the same turn belongs in one batch.
    await Promise.resolve()
    try {
      while (queue.length > 0) await work(queue.splice(0, most))
    } catch (error) {
      queue.length = 0
      onFailure(error)
    }
    running = null
  }
  return {
    offer(item) {
      queue.push(item)
      running ??= run()
    },
    idle: () => running ?? Promise.resolve(),
  }
}
