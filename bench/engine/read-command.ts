/** A command as it came over the wire: its first words, as text, and where the next one begins. */
export interface Command {
  readonly words: readonly string[]
  readonly end: number
}

/** As many words as the head of an append has; the entries behind it are skipped. */
const WORDS_READ = 9
const DOLLAR_AND_NUMBER = 1
const LINE_END = 2

/** Reads one command in RESP, an array of bulk strings; `null` while it is not whole. */
export function readCommand(bytes: Buffer, from: number): Command | null {
  const head = numberAt(bytes, from)
  if (head === null) return null
  const words: string[] = []
  let at = head.end
  for (let word = 0; word < head.value; word++) {
    const length = numberAt(bytes, at)
    if (length === null || length.end + length.value + LINE_END > bytes.length) return null
    if (word < WORDS_READ) words.push(bytes.toString('latin1', length.end, length.end + length.value))
    at = length.end + length.value + LINE_END
  }
  return { words, end: at }
}

/** The number behind `*` or `$`, and where its line ends. */
function numberAt(bytes: Buffer, from: number): { readonly value: number; readonly end: number } | null {
  const end = bytes.indexOf(10, from)
  if (end < 0) return null
  return { value: Number(bytes.toString('latin1', from + DOLLAR_AND_NUMBER, end - 1)), end: end + 1 }
}
