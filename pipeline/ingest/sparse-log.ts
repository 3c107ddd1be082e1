import type { Log } from '#kernel/log/log.ts'
import { systemClock } from '#kernel/time/clock.ts'

type Level = 'info' | 'warn' | 'error'

/** Writes a line now, or counts it when one of its kind was written a moment ago. */
export type SparseLog = (
  level: Level,
  kind: string,
  fields: Readonly<Record<string, unknown>>,
  message: string,
) => void

/**
 * At most one line of a kind every `every` milliseconds; the next one says how many were left out. A relay
 * that sends nothing but bad frames must not fill the disk with our complaints.
 */
export function createSparseLog(log: Log, every: number): SparseLog {
  const kinds = new Map<string, { at: number; leftOut: number }>()
  return (level, kind, fields, message) => {
    const now = systemClock.now()
    const last = kinds.get(kind)
    if (last && now - last.at < every) {
      last.leftOut++
      return
    }
    kinds.set(kind, { at: now, leftOut: 0 })
    log[level]({ ...fields, ...(last?.leftOut ? { leftOut: last.leftOut } : {}) }, message)
  }
}
