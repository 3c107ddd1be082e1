import type { Measurement } from '#kernel/report/report.ts'
import type { Ledger } from './ledger.ts'

const COUNTS = [
  ['attempted', 'journaled by the relay before it was sent, and to be kept'],
  ['acknowledged', 'covered by the cursor that is stored beside the data'],
  ['delivered', 'committed by the sink or in the dead-letter stream'],
  ['committed', 'in the sink at least once'],
  ['lost', 'acknowledged and nowhere any more'],
  ['indeterminate', 'not acknowledged; the relay still holds them'],
  ['recovered', 'in doubt when the fault struck, and committed after all'],
  ['waiting', 'in the stream, not acknowledged, not yet committed'],
  ['duplicatedDeliveries', 'committed again without changing anything'],
  ['duplicateEffects', 'committed again, and changed the state again'],
  ['unexpected', 'met somewhere, and never attempted'],
  ['reordered', 'took effect after a later event of the same DID'],
  ['superseded', 'without effect since a newer revision was there first'],
  ['deadLettered', 'kept in the dead-letter stream'],
  ['rejected', 'refused by the ingester with their frame, and counted'],
] as const satisfies readonly (readonly [keyof Ledger, string])[]

/** The ledger as numbers of a report, every class, also those that are 0. */
export function toMeasurements(ledger: Ledger): Measurement[] {
  return COUNTS.map(([name, method]) => ({
    name: name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
    unit: 'events',
    value: ledger[name],
    samples: ledger.attempted,
    method,
  }))
}
