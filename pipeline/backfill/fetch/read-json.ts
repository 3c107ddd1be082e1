import type { IncomingMessage } from 'node:http'
import { RepoError } from '#pipeline/backfill/repo-error.ts'
import { type Patience, readBody } from './read-body.ts'

/** The body of an answer as JSON. Throws `RepoError` when it is too big, too slow, or no JSON. */
export async function readJson(answer: IncomingMessage, most: number, patience: Patience): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of readBody(answer, most, patience)) chunks.push(chunk)
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch (error) {
    throw new RepoError('malformed-answer', `the answer is no JSON: ${(error as Error).message}`, {
      cause: error,
    })
  }
}
