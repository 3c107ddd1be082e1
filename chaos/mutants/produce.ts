import type { Attempt } from '#loadtest/ledger/attempt.ts'
import { EVENT_FIELD } from '#pipeline/contract.ts'
import { type Bench, CURSOR, STREAM } from './bench.ts'

/** The text of an entry for this event. */
export function entryText({ action, ...event }: Attempt): string {
  return JSON.stringify({ type: action, ...event })
}

/** Appends events and the cursor behind them in one transaction, as a sound ingester does. */
export async function produce({ redis }: Bench, events: readonly Attempt[]): Promise<void> {
  const transaction = redis.multi()
  for (const event of events) transaction.xadd(STREAM, '*', EVENT_FIELD, entryText(event))
  transaction.set(CURSOR, String(events.at(-1)?.seq ?? 0))
  await transaction.exec()
}
