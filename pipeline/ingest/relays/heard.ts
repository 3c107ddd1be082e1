/** The hosts that are heard. */
export interface Heard {
  /** Subscriptions without which we are not ready. */
  readonly expected: number
  readonly isRefused: boolean
  stop(): Promise<void>
}
