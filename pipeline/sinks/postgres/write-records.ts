import type { DeleteEvent, RecordEvent } from '#pipeline/contract.ts'
import type { Queryable } from './database.ts'
import { judgeAdvances } from './judge-advances.ts'
import { RacedError } from './raced-error.ts'
import type { OutOfDate } from './repo-fences.ts'
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

/**
 * Sorts before whatever a rev may hold. A rev with it comes after the same rev without it, which is how a record
 * that a snapshot did not contain gives way to one that it did.
 */
const BEHIND = ' '

export type ChangeEvent = RecordEvent | DeleteEvent

/** What became of changes. */
export interface WrittenRecords {
  /** For each change, whether it took effect. */
  readonly applied: readonly boolean[]
  /** The changes that records ended with, each with the URI of its record. */
  readonly last: readonly (readonly [uri: string, event: ChangeEvent])[]
}

/**
 * Applies creates, updates and deletes that are beyond the stored rev of their record and not out of date.
 * Throws `RacedError` when another transaction changed one of the records meanwhile.
 */
export async function writeRecords(
  transaction: Queryable,
  events: readonly ChangeEvent[],
  isOutOfDate: OutOfDate,
): Promise<WrittenRecords> {
  const current = events.filter((event) => !isOutOfDate(event))
  if (current.length === 0) return { applied: events.map(() => false), last: [] }
  const changes = current.map((event) => ({ subject: uriOf(event), order: event.rev + BEHIND }))
  const stored = await readRevs(transaction, [...new Set(changes.map(({ subject }) => subject))])
  const orders = new Map([...stored].map(([uri, { rev, buried }]) => [uri, buried ? rev : rev + BEHIND]))
  const judged = judgeAdvances(changes, orders)
  const last = [...judged.last].flatMap(([uri, index]): [string, ChangeEvent][] => {
    const event = current[index]
    return event ? [[uri, event]] : []
  })
  const rows = last.map(([uri, event]) => toRow(uri, event, stored.get(uri)?.rev ?? null))
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
  const ofCurrent = judged.applied.values()
  return {
    applied: events.map((event) => !isOutOfDate(event) && (ofCurrent.next().value ?? false)),
    last,
  }
}

function uriOf({ did, collection, rkey }: ChangeEvent): string {
  return `at://${did}/${collection}/${rkey}`
}

interface StoredRev {
  readonly rev: string
  /** Whether it is a tombstone because a snapshot did not contain it; see `buryOutdated`. */
  readonly buried: boolean
}

async function readRevs(
  transaction: Queryable,
  uris: readonly string[],
): Promise<ReadonlyMap<string, StoredRev>> {
  const { rows } = await transaction.query<StoredRev & { readonly uri: string }>(
    'SELECT uri, rev, deleted AND seq < 0 AS buried FROM record WHERE uri = ANY($1::text[])',
    [uris],
  )
  return new Map(rows.map((row) => [row.uri, row]))
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
