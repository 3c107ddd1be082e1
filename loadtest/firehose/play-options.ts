import type { Flow } from '#loadtest/scenario.ts'

/** What is played, and by whom it is ended. */
export interface PlayOptions {
  readonly flow: Flow
  readonly seed: number
  readonly update: (progress: string) => void
  readonly signal: AbortSignal
}
