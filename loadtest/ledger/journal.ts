import type { Attempt } from './attempt.ts'
import type { Pages } from './pages.ts'

/** A line of a journal, read. */
export type JournalLine =
  | { readonly kind: 'attempt'; readonly attempt: Attempt }
  /** The relay's last line: it emitted everything it was asked to. */
  | {
      readonly kind: 'finished'
      readonly events: number
      readonly lastSeq: number
      /** Events that went out after their time; `null` when the writer did not say. */
      readonly late: number | null
    }
  /** The last line of the file, without its end. */
  | { readonly kind: 'torn' }
  | { readonly kind: 'broken' }

/** What the relay attempted. It is read twice when something is missing: once to count, once to name it. */
export interface Journal {
  pages(): Pages<JournalLine>
}
