/** An entry as Redis handed it over. */
export interface Delivered {
  readonly id: string
  /** Names and values in turn; `null` when the body was trimmed or deleted while the entry was pending. */
  readonly fields: readonly string[] | null
}

/** Reads the `[[id, [name, value, …]], …]` part of a stream reply. */
export function toDelivered(reply: unknown): Delivered[] {
  return (reply as readonly (readonly [string, string[] | null] | null)[]).flatMap((entry) =>
    entry ? [{ id: entry[0], fields: entry[1] }] : [],
  )
}
