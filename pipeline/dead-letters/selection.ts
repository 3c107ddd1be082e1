import { UsageError } from '#kernel/errors.ts'
import { compareEntryIds } from '#kernel/streams/compare-entry-ids.ts'
import type { DeadLetter } from './letter.ts'

/** Which letters are meant. All conditions must hold; none at all means every letter. */
export interface Selection {
  /** IDs of letters, not of the entries they hold. */
  readonly ids?: readonly string[] | undefined
  readonly reason?: string | undefined
  /** Only letters that were written before this moment, in milliseconds since the epoch. */
  readonly before?: number | undefined
}

export function selects({ ids, reason, before }: Selection, letter: DeadLetter): boolean {
  if (ids && !ids.some((id) => compareEntryIds(id, letter.id) === 0)) return false
  if (reason !== undefined && letter.reason !== reason) return false
  return before === undefined || writtenAt(letter) < before
}

/** When a letter was written, by the clock of Redis: dead letters are numbered by it. */
export function writtenAt({ id }: Pick<DeadLetter, 'id'>): number {
  return Number(id.split('-')[0])
}

/** IDs as they were typed. Throws `UsageError` on the first that is none. */
export function parseIds(texts: readonly string[]): string[] {
  const wrong = texts.find((text) => !/^\d{1,20}(-\d{1,20})?$/.test(text))
  if (wrong !== undefined) {
    throw new UsageError(
      `not the ID of a dead letter: "${wrong}"; standpipe dead-letters list --reason … shows them`,
    )
  }
  return texts.map((text) => (text.includes('-') ? text : `${text}-0`))
}
