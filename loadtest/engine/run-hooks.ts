/** Who follows a run, and may end it. */
export interface RunHooks {
  readonly update: (progress: string) => void
  /** Ends the run early; what was seen until then is returned. */
  readonly signal: AbortSignal
}
