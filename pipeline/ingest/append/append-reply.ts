/** What became of a batch. Everything but `appended` means that nothing of it was written. */
export type AppendReply =
  | {
      readonly outcome: 'appended'
      /** Entries added by this call. */
      readonly added: number
      /** Commits that were stored already, by an earlier call whose reply was lost or by another ingester. */
      readonly skipped: number
      readonly cursor: number
    }
  | { readonly outcome: 'high-water'; readonly length: number; readonly cursor: number | null }
  | { readonly outcome: 'predecessor-missing'; readonly cursor: number | null }
  | { readonly outcome: 'write-refused'; readonly code: WriteRefusal; readonly says: string }

/** Redis' own word for why it takes no writes at the moment. */
export type WriteRefusal = (typeof WRITE_REFUSALS)[number]

const WRITE_REFUSALS = ['OOM', 'MISCONF', 'READONLY', 'NOREPLICAS', 'LOADING', 'BUSY'] as const

/** Reads the script's reply. Throws `TypeError` on anything that is not one. */
export function parseAppendReply(reply: unknown): AppendReply {
  if (!Array.isArray(reply)) throw new TypeError(`not a reply of the append: ${JSON.stringify(reply)}`)
  const [outcome, text, ...numbers] = reply as [string, string | null, ...number[]]
  const cursor = parseCursor(text)
  switch (outcome) {
    case 'appended':
      if (cursor === null) throw new TypeError('the append stored no cursor')
      return { outcome, cursor, added: Number(numbers[0]), skipped: Number(numbers[1]) }
    case 'high-water':
      return { outcome, cursor, length: Number(numbers[0]) }
    case 'predecessor-missing':
      return { outcome, cursor }
    default:
      throw new TypeError(`not a reply of the append: ${JSON.stringify(reply)}`)
  }
}

/** A refusal that Redis made in its own words, or `null` when the error says something else. */
export function parseWriteRefusal(error: Error): AppendReply | null {
  const code = WRITE_REFUSALS.find((word) => new RegExp(`(^|-)${word}\\b`).test(error.message))
  return code ? { outcome: 'write-refused', code, says: error.message } : null
}

/** A stored cursor; `null` when there is none. Throws `TypeError` when it is not a sequence. */
export function parseCursor(text: string | null): number | null {
  if (text === null) return null
  const seq = Number(text)
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(seq)) throw new TypeError(`not a cursor: "${text}"`)
  return seq
}
