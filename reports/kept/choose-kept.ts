import { UsageError } from '#kernel/errors.ts'
import type { Run } from '../compare/run.ts'
import { configuredLike } from './configured-like.ts'

/** As many as it takes for a single new run to be clearly unlike them. */
const MOST_KEPT = 40

/**
 * The kept runs that new ones are held against: of the same subject and, unless forced, the same configuration, the latest ones.
 * Never a new run itself. Where none is configured alike, all of the subject, so that the comparison names what
 * differs. Throws `UsageError` where nothing is kept about the subject.
 */
export function chooseKept(
  fresh: readonly Run[],
  kept: readonly Run[],
  { against, force }: { readonly against: string; readonly force: boolean },
): Run[] {
  const [first] = fresh
  if (!first) throw new UsageError('no new run was given to hold against those that are kept')
  const known = new Set(fresh.map(({ startedAt }) => startedAt))
  const ofSubject = kept
    .filter(({ area, subject }) => area === first.area && subject === first.subject)
    .filter(({ startedAt }) => !known.has(startedAt))
    .toSorted((a, b) => a.startedAt.localeCompare(b.startedAt))
  if (ofSubject.length === 0) {
    throw new UsageError(
      `no other run about ${first.area} of ${first.subject} is kept in "${against}"; keep one by standpipe report keep`,
    )
  }
  const alike = force ? ofSubject : configuredLike(first, ofSubject)
  return (alike.length > 0 ? alike : ofSubject).slice(-MOST_KEPT)
}
