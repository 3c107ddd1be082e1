import type { RelayWindow } from './relay-window.ts'

/** Where a subscription begins, or why it cannot. */
export type Start =
  | { readonly position: number; readonly outdated: boolean }
  | { readonly refused: 'FutureCursor' | 'InvalidRequest'; readonly because: string }

type Bounds = Pick<RelayWindow, 'first' | 'end' | 'lastSeq' | 'goneSeq' | 'after'>

/**
 * Reads `?cursor=`: absent begins live, 0 at the oldest event held, any other sequence right after it. `outdated`
 * says that events after the cursor have already left the window.
 */
export function chooseStart(cursor: string | null, window: Bounds): Start {
  if (cursor === null) return { position: window.end, outdated: false }
  if (!/^\d{1,15}$/.test(cursor)) {
    return { refused: 'InvalidRequest', because: `cursor "${cursor}" is not a sequence` }
  }
  const seq = Number(cursor)
  if (seq === 0) return { position: window.first, outdated: false }
  if (seq > window.lastSeq) {
    return {
      refused: 'FutureCursor',
      because: `cursor ${seq} is beyond the newest sequence ${window.lastSeq}`,
    }
  }
  return { position: window.after(seq), outdated: seq < window.goneSeq }
}
