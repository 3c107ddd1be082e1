import type { StreamEvent } from '#pipeline/contract.ts'
import type { LabelEvent } from '#pipeline/sinks/label-event.ts'
import type { EventEntry } from '#pipeline/sinks/sink.ts'
import type { Queryable } from './database.ts'

const INSERT = `INSERT INTO effect (entry_id, did, rev, collection, rkey, action, seq, applied, event_time)
  SELECT entry_id, did, rev, collection, rkey, action, seq, applied, event_time
  FROM jsonb_to_recordset($1::text::jsonb) AS row
    (entry_id text, did text, rev text, collection text, rkey text, action text, seq bigint, applied boolean,
     event_time timestamptz)`

/** Writes what became of each entry, in order, where the ledger reads it. */
export async function writeEffects(
  transaction: Queryable,
  entries: readonly EventEntry[],
  applied: readonly boolean[],
): Promise<void> {
  if (entries.length === 0) return
  const rows = entries.map(({ id, event }, index) => ({
    entry_id: id,
    ...(event.type === 'label' ? effectOfLabel(event) : effectOf(event)),
    action: event.type,
    applied: applied[index] ?? false,
  }))
  await transaction.query(INSERT, [JSON.stringify(rows)])
}

function effectOf(event: StreamEvent) {
  return {
    did: event.did,
    rev: 'rev' in event ? event.rev : null,
    collection: 'collection' in event ? event.collection : null,
    rkey: 'rkey' in event ? event.rkey : null,
    seq: event.seq,
    // Whatever the relay wrote, PostgreSQL gets the one form that it surely reads.
    event_time: new Date(event.time).toISOString(),
  }
}

/** The DID is the labeler's; its stream of labels has no sequence in an entry. */
function effectOfLabel({ label }: LabelEvent) {
  const event_time = new Date(label.cts).toISOString()
  return { did: label.src, rev: null, collection: null, rkey: null, seq: -1, event_time }
}
