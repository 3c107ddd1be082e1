/**
 * Why a repo could not be fetched, and whether trying again may help. What a peer serves cannot be trusted to be
 * the same next time, but a forged signature, a loop or a private address is not worth a second request.
 */
export const REPO_FAILURES = {
  'host-unreachable': { transient: true },
  'timed-out': { transient: true },
  throttled: { transient: true },
  'server-error': { transient: true },
  'wrong-content-type': { transient: true },
  'malformed-answer': { transient: true },
  truncated: { transient: true },
  'missing-block': { transient: true },
  unexpected: { transient: true },
  'refused-by-host': { transient: false },
  'repo-not-found': { transient: false },
  'too-many-redirects': { transient: false },
  'forbidden-host': { transient: false },
  'too-big': { transient: false },
  'malformed-car': { transient: false },
  'malformed-commit': { transient: false },
  'malformed-tree': { transient: false },
  'wrong-repo': { transient: false },
  'cid-mismatch': { transient: false },
  'invalid-signature': { transient: false },
  'unsupported-did': { transient: false },
  'did-not-found': { transient: false },
  'malformed-did-document': { transient: false },
  'no-repo-field': { transient: false },
  'not-json': { transient: false },
  'malformed-repo': { transient: false },
} as const satisfies Record<string, { readonly transient: boolean }>

export type RepoFailureReason = keyof typeof REPO_FAILURES
