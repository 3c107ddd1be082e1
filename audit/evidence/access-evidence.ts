import type { Quote } from '../quote.ts'

/** Who may do what, by the ACL of the server. Never holds a password, nor its hash. */
export interface AccessEvidence {
  /** Whether anybody may be the default user without a password. */
  readonly anonymous: boolean
  /** The users that are connected now, ten at most. */
  readonly users: readonly UserAccess[]
  readonly quotes: readonly Quote[]
}

export interface UserAccess {
  readonly user: string
  /** Which of the commands that destroy a buffer the user may run; `null` when the server would not say. */
  readonly may: readonly string[] | null
}
