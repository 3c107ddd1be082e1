import { DependencyError } from '#kernel/errors.ts'
import { isReplyError } from '#kernel/redis/is-reply-error.ts'
import type { EvidenceName } from '../evidence.ts'
import { explainRefusal } from './explain-refusal.ts'
import type { Source } from './source.ts'

/**
 * Looks at every stream beside the others. One that Redis refuses to show (another type, no permission, on
 * another node) is left out and noted, so that it does not hide the others; a broken connection rejects.
 */
export async function eachStream<Subject extends { readonly stream: string }, Found>(
  source: Source,
  name: EvidenceName,
  subjects: readonly Subject[],
  look: (subject: Subject) => Promise<Found>,
): Promise<Found[]> {
  const found = await Promise.all(
    subjects.map(async (subject) => {
      try {
        return [await look(subject)]
      } catch (error) {
        const reason = reasonOf(error)
        if (reason === null) throw error
        source.goWithout(name, { stream: subject.stream, reason })
        return []
      }
    }),
  )
  return found.flat(1) as Found[]
}

/** `null` for what is no answer at all. */
function reasonOf(error: unknown): string | null {
  if (isReplyError(error)) return explainRefusal(error)
  return error instanceof DependencyError ? error.message : null
}
