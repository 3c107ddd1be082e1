import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { DependencyError } from '#kernel/errors.ts'

/** A line of a file of JSON lines; `null` when it is none. `torn` is a last line without its end. */
export interface ReadLine {
  readonly line: Readonly<Record<string, unknown>> | null
  readonly torn: boolean
}

/** Reads a file line by line. Throws `DependencyError` when it cannot be read. */
export async function* readLines(path: string): AsyncGenerator<ReadLine> {
  const input = createReadStream(path, { encoding: 'utf8' })
  let ended = true
  input.on('data', (chunk) => {
    ended = String(chunk).endsWith('\n')
  })
  try {
    let before: string | null = null
    for await (const text of createInterface({ input, crlfDelay: Infinity })) {
      if (before !== null) yield { line: parse(before), torn: false }
      before = text
    }
    if (before !== null) yield { line: ended ? parse(before) : null, torn: !ended }
  } catch (error) {
    throw new DependencyError(`cannot read the ledger "${path}": ${(error as Error).message}`, {
      cause: error,
    })
  }
}

function parse(text: string): ReadLine['line'] {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as ReadLine['line']) : null
  } catch {
    return null
  }
}
