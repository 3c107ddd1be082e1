import type { Log } from '#kernel/log/log.ts'
import { systemClock } from '#kernel/time/clock.ts'
import type { Delivered } from './delivered.ts'
import type { EntryContent } from './entry-content.ts'
import type { HeldEntries, HeldEntry } from './held-entries.ts'
import type { IndexMeter } from './index-meter.ts'
import { SUSPECT_FROM, type Suspect } from './suspect.ts'

/** Where entries come in, whether they were read, read again or claimed. */
export interface Intake {
  /** Takes what we do not hold yet; `again` when it was delivered to us or another before. */
  readonly take: (entries: readonly Delivered[], again: boolean) => Promise<void>
  /** Takes entries that were claimed; our own late ones among them are none. */
  readonly takeClaimed: (entries: readonly Delivered[]) => Promise<void>
  /** Counts pending entries whose body is gone: what was in them is lost, and nothing else would say so. */
  readonly countLost: (ids: readonly string[]) => void
  /** Entries taken that have been delivered suspiciously often; whoever asks has to work on them. */
  readonly takeSuspects: () => readonly Suspect[]
  /** Lets go of entries that another consumer has taken, unless their commit has begun. */
  readonly giveUp: (ids: readonly string[]) => void
}

export interface IntakeOptions {
  readonly decode: (id: string, fields: readonly string[]) => Omit<EntryContent, 'id'>
  readonly held: HeldEntries
  readonly offer: (entry: HeldEntry) => void
  /** How often entries that were delivered before have been delivered, as far as it is known. */
  readonly readDeliveries: (entries: readonly Delivered[]) => Promise<ReadonlyMap<string, number>>
  /** Takes entries without a body off the pending list. */
  readonly acknowledge: (ids: readonly string[]) => Promise<void>
  readonly meter: IndexMeter
  readonly log: Log
}

export function createIntake(options: IntakeOptions): Intake {
  const { decode, held, offer, acknowledge, meter, log } = options
  let suspects: Suspect[] = []
  const intake: Intake = {
    async take(entries, again) {
      const fresh = entries.filter(({ id }) => !held.has(id))
      const deliveries = again && fresh.length > 0 ? await options.readDeliveries(fresh) : null
      const lost: string[] = []
      const since = systemClock.now()
      for (const { id, fields } of fresh) {
        if (!fields) {
          lost.push(id)
          continue
        }
        if ((deliveries?.get(id) ?? 1) >= SUSPECT_FROM) {
          const content = { id, events: [], unreadable: null }
          const entry = { content, since, committing: false }
          held.add(entry)
          suspects.push({ entry, fields })
          continue
        }
        const { events, unreadable } = decode(id, fields)
        const entry = { content: { id, events, unreadable }, since, committing: false }
        held.add(entry)
        offer(entry)
      }
      meter.count('delivered', fresh.length)
      meter.setHeld(held.size)
      if (lost.length === 0) return
      intake.countLost(lost)
      await acknowledge(lost)
    },
    async takeClaimed(entries) {
      meter.count('reclaimed', entries.filter(({ id }) => !held.has(id)).length)
      await intake.take(entries, true)
    },
    countLost(ids) {
      meter.count('lostBodies', ids.length)
      log.error(
        { entries: ids.length, first: ids[0] },
        'pending entries have lost their body: something trims what is not acknowledged',
      )
    },
    takeSuspects() {
      const taken = suspects
      suspects = []
      return taken
    },
    giveUp(ids) {
      const given = ids.filter((id) => held.get(id)?.committing === false)
      held.release(given)
      meter.count('fenced', given.length)
      meter.setHeld(held.size)
    },
  }
  return intake
}
