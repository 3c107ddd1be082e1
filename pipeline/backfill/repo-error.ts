import { REPO_FAILURES, type RepoFailureReason } from '#pipeline/contract.ts'

/** An attempt at a repo that failed in a way we know; the bytes that caused it came from outside. */
export class RepoError extends Error {
  override name = 'RepoError'
  readonly reason: RepoFailureReason
  /** How long the host asked us to wait, in milliseconds; `null` when it did not. */
  readonly retryAfterMs: number | null

  constructor(reason: RepoFailureReason, message: string, options: RepoErrorOptions = {}) {
    super(message, options)
    this.reason = reason
    this.retryAfterMs = options.retryAfterMs ?? null
  }

  get isTransient(): boolean {
    return REPO_FAILURES[this.reason].transient
  }
}

export interface RepoErrorOptions extends ErrorOptions {
  readonly retryAfterMs?: number | null
}

/** What went wrong in our own words; anything that is not a `RepoError` is `unexpected`, and may be tried again. */
export function toRepoError(error: unknown): RepoError {
  if (error instanceof RepoError) return error
  const said = error instanceof Error ? error.message : String(error)
  return new RepoError('unexpected', said, { cause: error })
}
