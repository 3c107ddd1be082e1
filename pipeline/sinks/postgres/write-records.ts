import type { DeleteEvent, RecordEvent } from '#pipeline/contract.ts'
import type { Queryable } from './database.ts'
import { judgeAdvances } from './judge-advances.ts'
import { RacedError } from './raced-error.ts'
import { isSuspect, toStorable } from './to-storable.ts'

const COLUMNS = `uri text, did text, collection text, rkey text, cid text, rev text, json jsonb, verbatim text,
  seq bigint, deleted boolean, expected text`

const INSERT = `INSERT INTO record (uri, did, collection, rkey, cid, rev, json, verbatim, seq, deleted)
  SELECT uri, did, collection, rkey, cid, rev, json, verbatim, seq, deleted
  FROM jsonb_to_recordset($1::text::jsonb) AS row (${COLUMNS})
  ON CONFLICT (uri) DO NOTHING`

const UPDATE = `UPDATE record
  SET cid = row.cid, rev = row.rev, json = row.json, verbatim = row.verbatim, seq = row.seq,
      deleted = row.deleted, indexed_at = clock_timestamp()
  FROM jsonb_to_recordset($1::text::jsonb) AS row (${COLUMNS})
  WHERE record.uri = row.uri AND record.rev = row.expected`

export type ChangeEvent = RecordEvent | DeleteEvent

/**
 * Applies creates, updates and deletes that are beyond the stored rev of their record, and says of each
 * whether it was. Throws `RacedError` when another transaction changed one of the records meanwhile.
 */
export async function writeRecords(
  transaction: Queryable,
  events: readonly ChangeEvent[],
): Promise<readonly boolean[]> {
  if (events.length === 0) return []
  const changes = events.map((event) => ({ subject: uriOf(event), order: event.rev }))
  const stored = await readRevs(transaction, [...new Set(changes.map(({ subject }) => subject))])
  const { applied, last } = judgeAdvances(changes, stored)
  const rows = [...last].flatMap(([uri, index]) => {
    const event = events[index]
    return event ? [toRow(uri, event, stored.get(uri) ?? null)] : []
  })
  await writeAll(
    transaction,
    INSERT,
    rows.filter(({ expected }) => expected === null),
  )
  await writeAll(
    transaction,
    UPDATE,
    rows.filter(({ expected }) => expected !== null),
  )
  return applied
}

function uriOf({ did, collection, rkey }: ChangeEvent): string {
  return `at://${did}/${collection}/${rkey}`
}

async function readRevs(transaction: Queryable, uris: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await transaction.query<{ uri: string; rev: string }>(
    'SELECT uri, rev FROM record WHERE uri = ANY($1::text[])',
    [uris],
  )
  return new Map(rows.map(({ uri, rev }) => [uri, rev]))
}

type Row = ReturnType<typeof toRow>

function toRow(uri: string, event: ChangeEvent, expected: string | null) {
  const { did, collection, rkey, rev, seq } = event
  const common = { uri, did, collection, rkey, rev, seq, expected, verbatim: null as string | null }
  return event.type === 'delete'
    ? { ...common, deleted: true, cid: null, json: null }
    : { ...common, deleted: false, cid: event.cid, json: event.record as unknown }
}

async function writeAll(transaction: Queryable, statement: string, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return
  const text = JSON.stringify(rows)
  const storable = isSuspect(text)
    ? JSON.stringify(rows.map((row) => ({ ...row, ...toStorable(row.json) })))
    : text
  const { changed } = await transaction.query(statement, [storable])
  if (changed !== rows.length) throw new RacedError(`${rows.length - changed} of ${rows.length} records`)
}
