import { parseEntryId } from './entry-id.ts'

/** Negative when `a` comes before `b`, positive when after, 0 when they are the same entry. */
export function compareEntryIds(a: string, b: string): number {
  const left = parseEntryId(a)
  const right = parseEntryId(b)
  if (left.ms !== right.ms) return left.ms < right.ms ? -1 : 1
  if (left.seq !== right.seq) return left.seq < right.seq ? -1 : 1
  return 0
}
