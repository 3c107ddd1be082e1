import type { Redis } from 'ioredis'
import type { Step } from '#kernel/cli/step.ts'
import type { SectionEnd } from '#loadtest/numbered/section-end.ts'
import { stepOf } from '#loadtest/numbered/step-of.ts'
import { companionKeys, cursorKey, EVENT_FIELD } from '#pipeline/contract.ts'
import { entrySource } from '../network/entries/entry-source.ts'
import type { CapacityChosen } from './capacity-plan.ts'
import type { CapacityRun } from './capacity-run.ts'
import { measureCapacity } from './measure-capacity.ts'
import { measureGroups } from './measure-groups.ts'
import { readEntriesBack } from './read-entries-back.ts'
import { readSize } from './read-size.ts'
import { toAppendSection } from './to-append-section.ts'
import { toCleanupSection } from './to-cleanup-section.ts'
import { toCostSection } from './to-cost-section.ts'
import { type FittedCosts, fitCosts, toCosts } from './to-costs.ts'
import { toHoursSection } from './to-hours-section.ts'
import { toReadBackSection } from './to-read-back-section.ts'
import { untilFreed } from './until-freed.ts'

/** Where a capacity run leaves its keys, and takes them away again. */
export interface CapacitySite {
  readonly stream: string
  /** Every key that the run may write. */
  readonly keys: readonly string[]
  /** Lends a connection; whatever Redis does to it becomes an operator's sentence. */
  readonly lend: <T>(work: (redis: Redis) => Promise<T>) => Promise<T>
}

const SEED = 27

export function capacityKeys(stream: string, { groups }: CapacityChosen): readonly string[] {
  return [
    ...new Set([
      stream,
      cursorKey(stream, 'load'),
      ...groups.flatMap((group) => companionKeys(stream, group)),
    ]),
  ]
}

/** The questions of a capacity run, in their order; each goes on with what those before it found. */
export function capacitySteps(
  chosen: CapacityChosen,
  { stream, keys, lend }: CapacitySite,
): Step<SectionEnd>[] {
  const { events, groups, pendingEntries } = chosen
  const beganAt = Date.now()
  const source = () => {
    const entries = entrySource(SEED, { now: () => beganAt })
    return (count: number) => entries.next(count)
  }
  let appended: CapacityRun
  let costs: FittedCosts
  const share = (done: number) => `${Math.floor((100 * done) / events)} % of ${events} entries`
  return [
    stepOf('Does it take every event?', async (title, update, signal) => {
      const cursor = cursorKey(stream, 'load')
      appended = await lend((redis) =>
        measureCapacity({
          redis,
          stream,
          cursor,
          entries: events,
          next: source(),
          fields: [EVENT_FIELD],
          update: (added) => update(share(added)),
          signal,
        }),
      )
      return toAppendSection(title, appended, chosen.maxmemoryBytes)
    }),
    stepOf('Is every one of them there, to the letter?', async (title, update, signal) => {
      const startedAt = performance.now()
      const back = await lend((redis) =>
        readEntriesBack({
          redis,
          stream,
          asked: events,
          again: source(),
          update: (read) => update(share(read)),
          signal,
        }),
      )
      return toReadBackSection(title, back, performance.now() - startedAt)
    }),
    stepOf('What does an event cost?', async (title, update, signal) => {
      const cost = await lend((redis) =>
        measureGroups({ redis, stream, groups, entries: pendingEntries, update, signal }),
      )
      costs = fitCosts(appended, cost)
      return toCostSection(title, appended, cost, costs)
    }),
    stepOf('How long does the buffer last?', async (title) =>
      toHoursSection(title, toCosts(costs, appended.baselineBytes), chosen, events),
    ),
    stepOf('Is nothing left behind?', async (title, _update, signal) =>
      lend(async (redis) => {
        const removed = await redis.unlink(...keys)
        await untilFreed(redis, signal)
        const { usedBytes } = await readSize(redis)
        return toCleanupSection(title, { removed, left: await redis.exists(...keys), usedBytes })
      }),
    ),
  ]
}
