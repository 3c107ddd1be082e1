/** What decides whether more may come in. */
export interface Load {
  readonly bytes: number
  /** A batch was refused and is not stored yet. */
  readonly isRefused: boolean
}

/**
 * Whether the socket rests. It closes at the limit and opens again at half of it, so that it does not flutter;
 * while Redis refuses, it stays closed.
 */
export function judgeGate(isClosed: boolean, { bytes, isRefused }: Load, limit: number): boolean {
  if (isRefused) return true
  return isClosed ? bytes > limit / 2 : bytes >= limit
}
