import type { Redis } from 'ioredis'
import { acknowledgeAndCount } from '#pipeline/accounting/acknowledge-and-count.ts'
import { toDelivered } from '#pipeline/consume/delivered.ts'
import type { Membership } from '#pipeline/consume/membership.ts'
import { compareEntries } from '../capacity/comparison.ts'
import type { ReadBack } from '../capacity/read-back.ts'
import type { Filler, FillerSource } from '../numbered/filler.ts'

/** A group with one consumer, which holds all that it is handed against what was appended. */
export interface PressureReader {
  /** Entries that it holds, the oldest first. */
  readonly held: readonly string[]
  /** Entries that it has acknowledged, the oldest first. */
  readonly settled: readonly string[]
  /** Reads up to that many new entries; answers how many came. */
  read(count: number): Promise<number>
  /** Acknowledges the oldest that it holds. */
  settle(count: number): Promise<void>
  /** The oldest that it holds. */
  showHeld(): string
  /** Hands over the oldest that it holds, to be settled by somebody else. */
  takeHeld(): string
  finish(): ReadBack
}

const PAGE = 1_000

function oldest([id]: readonly string[]): string {
  if (id === undefined) throw new Error('the probes need more entries than are held')
  return id
}

export function createReader(
  redis: Redis,
  membership: Membership,
  filler: Filler,
  source: FillerSource,
): PressureReader {
  const { stream, group, consumer } = membership
  const comparison = compareEntries(() => filler.acknowledged, source.begin())
  let held: string[] = []
  const settled: string[] = []
  return {
    get held() {
      return held
    },
    settled,
    async read(count) {
      let came = 0
      while (came < count) {
        const most = Math.min(PAGE, count - came)
        const from = ['STREAMS', stream, '>'] as const
        const reply = (await redis.xreadgroup('GROUP', group, consumer, 'COUNT', most, ...from)) as
          | [string, unknown][]
          | null
        const page = toDelivered(reply?.[0]?.[1] ?? [])
        if (page.length === 0) break
        comparison.take(page.map(({ fields }) => fields?.[1] ?? ''))
        for (const { id } of page) held.push(id)
        came += page.length
      }
      return came
    },
    async settle(count) {
      const ids = held.slice(0, count)
      held = held.slice(count)
      await acknowledgeAndCount(redis, membership, ids)
      for (const id of ids) settled.push(id)
    },
    showHeld: () => oldest(held),
    takeHeld() {
      const id = oldest(held)
      held = held.slice(1)
      return id
    },
    finish: () => comparison.finish(),
  }
}
