import type { Queryable } from './database.ts'

const WRITE = `INSERT INTO position AS stored (stream, grp, last_id) VALUES ($1, $2, $3)
  ON CONFLICT (stream, grp) DO UPDATE SET last_id = excluded.last_id
  WHERE string_to_array(stored.last_id, '-')::numeric[] < string_to_array(excluded.last_id, '-')::numeric[]`

/** Moves the position forward, never back: consumers of one group commit side by side. */
export async function writePosition(
  transaction: Queryable,
  stream: string,
  group: string,
  lastId: string,
): Promise<void> {
  await transaction.query(WRITE, [stream, group, lastId])
}

/** `null` when this group never committed anything here. */
export async function readPosition(
  database: Queryable,
  stream: string,
  group: string,
): Promise<string | null> {
  const { rows } = await database.query<{ last_id: string }>(
    'SELECT last_id FROM position WHERE stream = $1 AND grp = $2',
    [stream, group],
  )
  return rows[0]?.last_id ?? null
}
