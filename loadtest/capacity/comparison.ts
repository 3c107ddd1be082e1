import type { ReadBack } from './read-back.ts'

/** Holds what is read against what was appended, in one walk, without keeping either. */
export interface Comparison {
  /** Takes the next entries, in the order in which they were read. */
  take(values: readonly string[]): void
  /** Counts what was never read as missing. */
  finish(): ReadBack
}

const EXAMPLES = 5
const AHEAD = 1_000

/** `expected` hands over the next appended values again; `asked` says how many there are by now. */
export function compareEntries(
  asked: () => number,
  expected: (count: number) => readonly string[],
): Comparison {
  const counts = { read: 0, equal: 0, altered: 0, missing: 0, unexpected: 0 }
  const examples: string[] = []
  let ahead: readonly string[] = []
  let at = 0
  let handedOver = 0

  const wrong = (kind: 'altered' | 'missing' | 'unexpected', value: string) => {
    counts[kind] += 1
    if (examples.length < EXAMPLES) examples.push(`${kind}: ${value.slice(0, 120)}`)
  }
  /** `undefined` once all have been seen. */
  const peek = (): string | undefined => {
    if (at === ahead.length && handedOver < asked()) {
      ahead = expected(Math.min(AHEAD, asked() - handedOver))
      handedOver += ahead.length
      at = 0
    }
    return ahead[at]
  }
  /** Entries carry a sequence that only increases: by it the walk finds its place again. */
  const settle = (value: string) => {
    const seq = sequenceOf(value)
    for (let wanted = peek(); wanted !== undefined && seq !== null; wanted = peek()) {
      const due = sequenceOf(wanted) ?? 0
      if (seq < due) break
      at += 1
      if (seq > due) wrong('missing', wanted)
      else if (value === wanted) return void (counts.equal += 1)
      else return wrong('altered', value)
    }
    wrong('unexpected', value)
  }

  return {
    take(values) {
      for (const value of values) {
        counts.read += 1
        if (value === peek()) {
          counts.equal += 1
          at += 1
        } else settle(value)
      }
    },
    finish() {
      for (let wanted = peek(); wanted !== undefined; wanted = peek()) {
        at += 1
        wrong('missing', wanted)
      }
      return { asked: asked(), ...counts, examples }
    },
  }
}

function sequenceOf(value: string): number | null {
  const digits = /"seq":(\d+)/.exec(value)?.[1]
  return digits === undefined ? null : Number(digits)
}
