import { instantKey } from '#kernel/time/instant-key.ts'
import type { LabelEvent } from '#pipeline/sinks/label-event.ts'
import type { Queryable } from './database.ts'
import { judgeAdvances } from './judge-advances.ts'
import { RacedError } from './raced-error.ts'
import { toStorable } from './to-storable.ts'
import { timeOf } from './typed/read-value.ts'

const READ = `SELECT src, uri, val, ordered_at, neg FROM label
  JOIN unnest($1::text[], $2::text[], $3::text[]) AS wanted (src, uri, val) USING (src, uri, val)`

const COLUMNS = 'src, uri, val, neg, cid, cts, exp, ordered_at, json'

const WRITE = `INSERT INTO label AS stored (${COLUMNS})
  SELECT ${COLUMNS} FROM jsonb_to_recordset($1::text::jsonb) AS row
    (src text, uri text, val text, neg boolean, cid text, cts timestamptz, exp timestamptz, ordered_at text, json jsonb)
  ON CONFLICT (src, uri, val) DO UPDATE
  SET neg = excluded.neg, cid = excluded.cid, cts = excluded.cts, exp = excluded.exp,
      ordered_at = excluded.ordered_at, json = excluded.json, indexed_at = clock_timestamp()
  WHERE (stored.ordered_at, stored.neg) < (excluded.ordered_at, excluded.neg)`

/**
 * Stores what is later than what the same labeler said of the same subject and value, and says of each whether it
 * was. Throws `RacedError` when another transaction stored one of them meanwhile. Of two that were made at one instant, the negation is the later one, in whatever order they come.
 */
export async function writeLabels(
  transaction: Queryable,
  events: readonly LabelEvent[],
): Promise<readonly boolean[]> {
  if (events.length === 0) return []
  const changes = events.map(({ label }) => ({
    subject: JSON.stringify([label.src, label.uri, label.val]),
    order: orderOf(instantKey(label.cts), label.neg === true),
  }))
  const stored = await readOrders(transaction, events)
  const { applied, last } = judgeAdvances(changes, stored)
  const rows = [...last]
    // Everybody writes in one order, so nobody waits in a circle.
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, index]) => events[index] ?? [])
    .map(toRow)
  if (rows.length === 0) return applied
  const { changed } = await transaction.query(WRITE, [JSON.stringify(rows)])
  if (changed !== rows.length) throw new RacedError(`${rows.length - changed} of ${rows.length} labels`)
  return applied
}

async function readOrders(
  transaction: Queryable,
  events: readonly LabelEvent[],
): Promise<ReadonlyMap<string, string>> {
  const column = (name: 'src' | 'uri' | 'val') => events.map(({ label }) => label[name])
  const { rows } = await transaction.query<Stored>(READ, [column('src'), column('uri'), column('val')])
  return new Map(
    rows.map(({ src, uri, val, ordered_at, neg }) => [
      JSON.stringify([src, uri, val]),
      orderOf(ordered_at, neg),
    ]),
  )
}

interface Stored {
  readonly src: string
  readonly uri: string
  readonly val: string
  readonly ordered_at: string
  readonly neg: boolean
}

function orderOf(instant: string, neg: boolean): string {
  return `${instant} ${neg ? 1 : 0}`
}

function toRow({ label }: LabelEvent) {
  const { src, uri, val, cts } = label
  const { json } = toStorable(label)
  return {
    src,
    uri,
    val,
    neg: label.neg === true,
    cid: typeof label.cid === 'string' ? label.cid : null,
    cts: timeOf(cts) ?? new Date(cts).toISOString(),
    exp: timeOf(label.exp),
    ordered_at: instantKey(cts),
    json,
  }
}
