import type { IncomingMessage } from 'node:http'
import { RepoError } from '#pipeline/backfill/repo-error.ts'

/**
 * Throws `RepoError` unless the answer says that it is of one of these media types, and not compressed. An answer
 * that is refused is thrown away with its connection.
 */
export function requireType(answer: IncomingMessage, types: readonly string[]): void {
  const type = (answer.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  const encoding = answer.headers['content-encoding'] ?? 'identity'
  if (types.includes(type) && encoding === 'identity') return
  answer.destroy()
  throw new RepoError(
    'wrong-content-type',
    `the answer is "${type.slice(0, 80)}" (${encoding.slice(0, 80)}), expected ${types[0]}`,
  )
}
