/** One connection as `CLIENT LIST` describes it. */
export interface ClientEvidence {
  readonly address: string
  /** As set by CLIENT SETNAME; empty when it was not. */
  readonly name: string
  /** The ACL user; empty before Redis 6. */
  readonly user: string
  readonly database: number
  /** The last command, in lower case: `xreadgroup`, `client|list`. */
  readonly command: string
  /** Whether it waits in a blocking command now. */
  readonly blocked: boolean
  readonly idleSeconds: number
  /** Replies that wait in the server's memory until the client reads them. */
  readonly outputBytes: number
}
