/** What became of a batch. Everything but `appended` means that nothing of it was written. */
export type LinesReply =
  | {
      readonly outcome: 'appended'
      /** Entries added by this call. */
      readonly added: number
      /** Commits that were stored already, by an earlier call whose reply was lost or by another ingester. */
      readonly skipped: number
      readonly cursors: Cursors
    }
  | { readonly outcome: 'high-water'; readonly length: number; readonly cursors: Cursors }
  | { readonly outcome: 'predecessor-missing'; readonly cursors: Cursors }
  | { readonly outcome: 'write-refused'; readonly code: WriteRefusal; readonly says: string }
  /** The stream goes further than the sequences by which its entries are to be numbered. */
  | { readonly outcome: 'ids-behind'; readonly says: string }

/** What is stored for each relay of the batch, in its order; `null` where nothing is. */
export type Cursors = readonly (number | null)[]

/** Redis' own word for why it takes no writes at the moment. */
export type WriteRefusal = (typeof WRITE_REFUSALS)[number]

const WRITE_REFUSALS = ['OOM', 'MISCONF', 'READONLY', 'NOREPLICAS', 'LOADING', 'BUSY'] as const

/** Reads the script's reply. Throws `TypeError` on anything that is not one. */
export function parseLinesReply(reply: unknown): LinesReply {
  if (!Array.isArray(reply)) throw new TypeError(`not a reply of the append: ${JSON.stringify(reply)}`)
  const [outcome, texts, ...numbers] = reply as [string, (string | null)[], ...number[]]
  const cursors = texts.map(parseCursor)
  switch (outcome) {
    case 'appended':
      return { outcome, cursors, added: Number(numbers[0]), skipped: Number(numbers[1]) }
    case 'high-water':
      return { outcome, cursors, length: Number(numbers[0]) }
    case 'predecessor-missing':
      return { outcome, cursors }
    default:
      throw new TypeError(`not a reply of the append: ${JSON.stringify(reply)}`)
  }
}

/** A refusal that Redis made in its own words, or `null` when the error says something else. */
export function parseWriteRefusal(error: Error): LinesReply | null {
  if (error.message.includes('ID specified in XADD is equal or smaller')) {
    return { outcome: 'ids-behind', says: error.message }
  }
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
