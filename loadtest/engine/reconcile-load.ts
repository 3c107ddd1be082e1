import type { Redis } from 'ioredis'
import { addLedgers } from '#loadtest/ledger/add-ledgers.ts'
import type { EventName } from '#loadtest/ledger/event-name.ts'
import type { Ledger } from '#loadtest/ledger/ledger.ts'
import type { Pages } from '#loadtest/ledger/pages.ts'
import { readEntries } from '#loadtest/ledger/read-entries.ts'
import { readOwed } from '#loadtest/ledger/read-owed.ts'
import { reconcile } from '#loadtest/ledger/reconcile.ts'
import { deadLetterStream } from '#pipeline/contract.ts'
import { entryName } from './entry-name.ts'
import { isPoisoned } from './is-poisoned.ts'
import { firstSeqOf, producerOf } from './numbering.ts'
import { readAttempts } from './read-attempts.ts'
import { readCommits } from './read-commits.ts'

/** Where the books of one flow and one group lie. */
export interface BooksPlace {
  readonly stream: string
  readonly group: string
  /** The flow, by its place. */
  readonly flow: number
  /** Of each producer, in their order. */
  readonly journals: readonly string[]
  readonly effects: string
  /** Share of entries that nobody can read. */
  readonly poison: number
}

export interface Reconciled {
  readonly ledger: Ledger
  /** Entries attempted that nobody can read, each of which belongs into the dead letters. */
  readonly poisoned: number
}

/** Holds what was sent against what took effect, and every difference against what Redis still has. */
export async function reconcileLoad(redis: Redis, place: BooksPlace): Promise<Reconciled> {
  const ledgers: Ledger[] = []
  let poisoned = 0
  for (const [producer, path] of place.journals.entries()) {
    const { journal, acknowledgedUpTo, inDoubt, sequences } = await readAttempts(path)
    const ours = (events: Pages<EventName>) => ofProducer(events, producer)
    if (place.poison > 0) {
      for (const seq of sequences()) if (isPoisoned(seq, place.poison)) poisoned++
    }
    ledgers.push(
      await reconcile({
        journal,
        effects: readCommits(place.effects, place.flow, producer),
        deadLetters: ours(readEntries(redis, deadLetterStream(place.stream))),
        owed: ours(readOwed(redis, place.stream, place.group)),
        inDoubt,
        acknowledgedUpTo: acknowledgedUpTo ?? firstSeqOf(producer) - 1,
      }),
    )
  }
  return { ledger: addLedgers(ledgers), poisoned }
}

/** An entry that none of the producers can have made is the first one's to explain. */
async function* ofProducer(events: Pages<EventName>, producer: number): AsyncGenerator<EventName[]> {
  const maker = (seq: number) => Math.max(0, producerOf(seq))
  for await (const page of events) {
    yield page.filter(({ seq }) => maker(seq) === producer).map(({ seq }) => entryName(seq))
  }
}
