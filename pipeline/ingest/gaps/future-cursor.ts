import type { Gap } from '#pipeline/contract.ts'
import type { GapWatch } from './gap-watch.ts'

/** What to do when the relay has not come as far as the cursor. */
export type OnFutureCursor = 'wait' | 'live' | 'oldest'

export interface FutureCursorOptions {
  readonly policy: OnFutureCursor
  readonly watch: GapWatch
  /** Whether all that was read is stored: only then may the cursor be forgotten. */
  readonly isSettled: () => boolean
  readonly startOver: (gap: Gap) => Promise<void>
  /** The gap is recorded and the cursor gone; `from` is where the relay is asked to begin. */
  readonly onStartedOver: (gap: Gap, from: 0 | null) => void
  readonly onFailed: (error: Error) => void
}

/**
 * To be called whenever the relay refuses the cursor. It is asked again and again at the pace of reconnecting, so
 * what cannot be done now is done the next time.
 */
export function createFutureCursor(options: FutureCursorOptions): () => Promise<void> {
  const { policy, watch, isSettled, startOver, onStartedOver, onFailed } = options
  let isUnderWay = false
  return async () => {
    if (policy === 'wait' || isUnderWay || !isSettled()) return
    isUnderWay = true
    try {
      const gap = watch.breakOff('future-cursor')
      await startOver(gap)
      watch.forget()
      onStartedOver(gap, policy === 'oldest' ? 0 : null)
    } catch (error) {
      onFailed(error as Error)
    } finally {
      isUnderWay = false
    }
  }
}
