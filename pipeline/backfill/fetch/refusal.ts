import type { IncomingMessage } from 'node:http'
import { systemClock } from '#kernel/time/clock.ts'
import { RepoError } from '#pipeline/backfill/repo-error.ts'
import { type Patience, readBody } from './read-body.ts'
import { retryAfter } from './retry-after.ts'

const ERROR_BYTES = 4_096

/** What a host answered instead of what was asked. */
export interface Refusal {
  readonly status: number
  /** The lexicon's name of the error (`RepoNotFound`, …); empty when the host gave none. */
  readonly name: string
}

/** Reads an answer that is no 2xx. Throws `RepoError` when it says that the host is busy or broken. */
export async function readRefusal(answer: IncomingMessage, patience: Patience): Promise<Refusal> {
  const status = answer.statusCode ?? 0
  const retryAfterMs = retryAfter(answer.headers, systemClock.now())
  if (status === 429 || status >= 500) {
    answer.destroy()
    const reason = status === 429 || retryAfterMs !== null ? 'throttled' : 'server-error'
    throw new RepoError(reason, `the host answered with status ${status}`, { retryAfterMs })
  }
  return { status, name: await readErrorName(answer, patience) }
}

async function readErrorName(answer: IncomingMessage, patience: Patience): Promise<string> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of readBody(answer, ERROR_BYTES, patience)) chunks.push(chunk)
    const { error } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { error?: unknown }
    return typeof error === 'string' ? error.slice(0, 80) : ''
  } catch {
    // A refusal without a name is a refusal all the same.
    return ''
  }
}
