import { entrySource } from '#loadtest/network/entries/entry-source.ts'
import { DEFAULT_MIX } from '#loadtest/network/event-mix.ts'
import type { Flow } from '#loadtest/scenario.ts'
import { isPoisoned } from './is-poisoned.ts'

/** Finished entries of one flow, each with the time at which it was meant to come. */
export interface EntryMaker {
  /** `intendedAt` in milliseconds since the Unix epoch; consumers read it from the entry again. */
  next(count: number, intendedAt: number): string[]
}

export function entryMaker(entries: Flow['entries'], seed: number, firstSeq: number): EntryMaker {
  const { padBytes, poison, hotAccounts } = entries
  const mix = { ...DEFAULT_MIX, accounts: { ...DEFAULT_MIX.accounts, zipf: hotAccounts } }
  let now = Date.now()
  const source = entrySource(seed, { mix, now: () => now, firstSeq })
  const padding = `"record":{"padding":"${'x'.repeat(padBytes)}",`
  let seq = firstSeq
  const alter = (text: string) => {
    const padded = padBytes > 0 ? text.replace('"record":{', padding) : text
    return isPoisoned(seq++, poison) ? padded.replace(/"type":"[a-z]+"/, '"type":"poisoned"') : padded
  }
  return {
    next(count, intendedAt) {
      now = intendedAt
      const texts = source.next(count)
      return padBytes > 0 || poison > 0 ? texts.map(alter) : texts
    },
  }
}
