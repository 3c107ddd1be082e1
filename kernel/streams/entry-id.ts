/**
 * The ID of a stream entry: milliseconds and a counter, ordered by both.
 * https://redis.io/docs/latest/develop/data-types/streams/#entry-ids
 */
export interface EntryId {
  readonly ms: bigint
  readonly seq: bigint
}

const SHAPE = /^(\d{1,20})(?:-(\d{1,20}))?$/

/** Reads `1526919030474-55` or `1526919030474` (counter 0). Throws on anything else. */
export function parseEntryId(text: string): EntryId {
  const match = SHAPE.exec(text)
  if (!match?.[1]) throw new TypeError(`not a stream entry ID: "${text}"`)
  return { ms: BigInt(match[1]), seq: BigInt(match[2] ?? 0) }
}

export function formatEntryId({ ms, seq }: EntryId): string {
  return `${ms}-${seq}`
}
