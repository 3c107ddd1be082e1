import type { Queryable } from './database.ts'

/** Any number does that no other advisory lock of this schema begins with. */
const CLASS = 7_356_205

/** Few enough for the lock table of a server with its defaults, whatever a batch holds. */
const BUCKETS = 1_024

const LOCK = `SELECT CASE WHEN alone THEN pg_advisory_xact_lock(${CLASS}, bucket) IS NULL
    ELSE pg_advisory_xact_lock_shared(${CLASS}, bucket) IS NULL END
  FROM unnest($1::integer[], $2::boolean[]) AS wanted (bucket, alone)`

/**
 * Keeps whoever changes records of a repo apart from whoever closes its snapshot, until the transaction ends:
 * neither could see what the other has not committed, and a record that is too old would stay. Those who only
 * change records do not wait for each other.
 */
export async function lockRepos(
  transaction: Queryable,
  changed: readonly string[],
  closed: readonly string[],
): Promise<void> {
  const buckets = new Map<number, boolean>()
  for (const did of changed) buckets.set(bucketOf(did), false)
  for (const did of closed) buckets.set(bucketOf(did), true)
  // Everybody takes them in one order, so nobody waits in a circle.
  const ordered = [...buckets].sort(([a], [b]) => a - b)
  if (ordered.length === 0) return
  await transaction.query(LOCK, [ordered.map(([bucket]) => bucket), ordered.map(([, alone]) => alone)])
}

function bucketOf(did: string): number {
  let hash = 0
  for (let at = 0; at < did.length; at += 1) hash = (Math.imul(hash, 31) + did.charCodeAt(at)) | 0
  return (hash >>> 0) % BUCKETS
}
