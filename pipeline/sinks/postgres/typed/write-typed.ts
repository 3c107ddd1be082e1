import type { Queryable } from '#pipeline/sinks/postgres/database.ts'
import { isSuspect, mendedText } from '#pipeline/sinks/postgres/to-storable.ts'
import type { ChangeEvent } from '#pipeline/sinks/postgres/write-records.ts'
import type { Columns, TypedTable } from './typed-table.ts'
import { TYPED_TABLES } from './typed-tables.ts'

interface Statements extends TypedTable {
  readonly upsert: string
  readonly remove: string
}

const STATEMENTS: ReadonlyMap<string, Statements> = new Map(
  TYPED_TABLES.map((table) => [table.collection, { ...table, ...statementsFor(table) }]),
)

/** Tables fill in the order of their collections, so that no two transactions wait for each other in a circle. */
const COLLECTIONS = [...STATEMENTS.keys()]

type Row = Columns & { readonly uri: string; readonly did: string; readonly rev: string }

interface Work {
  readonly rows: Row[]
  readonly gone: string[]
}

/**
 * Brings the typed tables to where `record` is. Called in the transaction that has just written these records, so
 * their rows are locked; the revs are compared once more, as nothing older may ever take the place of a newer one.
 */
export async function writeTyped(
  transaction: Queryable,
  last: readonly (readonly [uri: string, event: ChangeEvent])[],
): Promise<void> {
  const work = new Map<string, Work>()
  for (const [uri, event] of last) {
    const table = STATEMENTS.get(event.collection)
    if (!table) continue
    const { rows, gone } = workFor(work, event.collection)
    const columns = event.type === 'delete' ? null : table.toColumns(event.record)
    if (columns) rows.push({ uri, did: event.did, rev: event.rev, ...columns })
    else gone.push(uri)
  }
  await perform(transaction, work)
}

/** Removes the rows of records that are gone. */
export async function removeTyped(
  transaction: Queryable,
  records: readonly { readonly uri: string; readonly collection: string }[],
): Promise<void> {
  const work = new Map<string, Work>()
  for (const { uri, collection } of records) {
    if (STATEMENTS.has(collection)) workFor(work, collection).gone.push(uri)
  }
  await perform(transaction, work)
}

function workFor(work: Map<string, Work>, collection: string): Work {
  const known = work.get(collection)
  if (known) return known
  const fresh = { rows: [], gone: [] }
  work.set(collection, fresh)
  return fresh
}

async function perform(transaction: Queryable, work: ReadonlyMap<string, Work>): Promise<void> {
  for (const collection of COLLECTIONS) {
    const [table, wanted] = [STATEMENTS.get(collection), work.get(collection)]
    if (!table || !wanted) continue
    if (wanted.rows.length > 0) await transaction.query(table.upsert, [toText(wanted.rows)])
    if (wanted.gone.length > 0) await transaction.query(table.remove, [wanted.gone])
  }
}

function toText(rows: readonly Row[]): string {
  const text = JSON.stringify(rows)
  if (!isSuspect(text)) return text
  return JSON.stringify(rows, (_, value: unknown) => (typeof value === 'string' ? mendedText(value) : value))
}

function statementsFor({ table, columns }: TypedTable): { readonly upsert: string; readonly remove: string } {
  const own = Object.keys(columns)
  const names = ['uri', 'did', 'rev', ...own].join(', ')
  const types = Object.entries({ uri: 'text', did: 'text', rev: 'text', ...columns })
  return {
    upsert: `INSERT INTO ${table} AS stored (${names})
      SELECT ${names} FROM jsonb_to_recordset($1::text::jsonb) AS row
        (${types.map(([name, type]) => `${name} ${type}`).join(', ')})
      ON CONFLICT (uri) DO UPDATE SET ${['rev', ...own].map((name) => `${name} = excluded.${name}`).join(', ')}
      WHERE stored.rev < excluded.rev`,
    remove: `DELETE FROM ${table} WHERE uri = ANY($1::text[])`,
  }
}
