import { instantKey } from '#kernel/time/instant-key.ts'
import type { AccountEvent, IdentityEvent, RepoEvent } from '#pipeline/contract.ts'
import type { Queryable } from './database.ts'

const INSERT_ABSENT = `INSERT INTO actor (did) SELECT unnest($1::text[]) ON CONFLICT (did) DO NOTHING`

const READ = `SELECT did, handle, identity_seq, identity_at, active, status, account_seq, account_at, rev FROM actor
  WHERE did = ANY($1::text[]) ORDER BY did FOR UPDATE`

const UPDATE = `UPDATE actor
  SET handle = row.handle, identity_seq = row.identity_seq, identity_at = row.identity_at, active = row.active,
      status = row.status, account_seq = row.account_seq, account_at = row.account_at, rev = row.rev,
      indexed_at = clock_timestamp()
  FROM jsonb_to_recordset($1::text::jsonb) AS row
    (did text, handle text, identity_seq bigint, identity_at text, active boolean, status text,
     account_seq bigint, account_at text, rev text)
  WHERE actor.did = row.did`

export type ActorEvent = IdentityEvent | AccountEvent | RepoEvent

interface Actor {
  readonly did: string
  readonly handle: string | null
  readonly identity_seq: number | null
  readonly identity_at: string | null
  readonly active: boolean | null
  readonly status: string | null
  readonly account_seq: number | null
  readonly account_at: string | null
  readonly rev: string | null
}

/** Applies identity, account and repo events that are beyond what is stored; says of each whether it was. */
export async function writeActors(
  transaction: Queryable,
  events: readonly ActorEvent[],
): Promise<readonly boolean[]> {
  if (events.length === 0) return []
  const dids = [...new Set(events.map(({ did }) => did))].sort()
  // Rows that exist can be locked, so no other consumer comes between the look and the write.
  await transaction.query(INSERT_ABSENT, [dids])
  const { rows } = await transaction.query<StoredActor>(READ, [dids])
  const actors = new Map(rows.map((row) => [row.did, toActor(row)]))
  const applied = events.map((event) => {
    const before = actors.get(event.did)
    const after = before && advance(before, event)
    if (!after) return false
    actors.set(event.did, after)
    return true
  })
  if (applied.includes(true)) await transaction.query(UPDATE, [JSON.stringify([...actors.values()])])
  return applied
}

/** The actor after the event, or `null` when the event is not beyond what is known. */
function advance(actor: Actor, event: ActorEvent): Actor | null {
  switch (event.type) {
    case 'identity': {
      const at = instantKey(event.time)
      if (!happenedLater(at, event.seq, actor.identity_at, actor.identity_seq)) return null
      return { ...actor, identity_at: at, identity_seq: event.seq, handle: event.handle ?? actor.handle }
    }
    case 'account': {
      const at = instantKey(event.time)
      if (!happenedLater(at, event.seq, actor.account_at, actor.account_seq)) return null
      return {
        ...actor,
        account_at: at,
        account_seq: event.seq,
        active: event.active,
        status: event.status ?? null,
      }
    }
    case 'repo':
      return actor.rev === null || event.rev > actor.rev ? { ...actor, rev: event.rev } : null
  }
}

/** By the time of the event: sequences of two relays cannot be compared. They decide within one instant. */
function happenedLater(at: string, seq: number, knownAt: string | null, knownSeq: number | null): boolean {
  if (knownAt === null || at !== knownAt) return knownAt === null || at > knownAt
  return knownSeq === null || seq > knownSeq
}

/** A server driver gives bigint as text, the embedded one as a number. */
type StoredActor = Omit<Actor, 'identity_seq' | 'account_seq'> &
  Readonly<Record<'identity_seq' | 'account_seq', string | number | null>>

function toActor(row: StoredActor): Actor {
  const toNumber = (value: string | number | null) => (value === null ? null : Number(value))
  return { ...row, identity_seq: toNumber(row.identity_seq), account_seq: toNumber(row.account_seq) }
}
