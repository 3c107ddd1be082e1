import { systemClock } from '#kernel/time/clock.ts'
import type { StreamEvent } from '#pipeline/contract.ts'
import type { EventEntry, Sink } from '#pipeline/sinks/sink.ts'
import type { EffectLog } from './effect-log.ts'
import type { SeenEntries } from './seen-entries.ts'

export interface LoadSinkOptions {
  readonly flow: number
  readonly seen: SeenEntries
  readonly effects: EffectLog
  /** What a commit takes, in milliseconds. */
  readonly commitMs: number
  /** Hears of every event that is committed for the first time. */
  readonly onCommitted: (event: StreamEvent) => void
  /** Hears that the ledger cannot be written; nothing that follows could be proven. */
  readonly onFailure: (error: Error) => void
}

/** A sink that keeps the numbers of what it commits, on a disk and each once, and nothing else. */
export function loadSink(options: LoadSinkOptions): Sink {
  const { flow, seen, effects, commitMs, onCommitted, onFailure } = options
  const apply = (entries: readonly EventEntry[]): boolean[] => {
    const applied: number[] = []
    const again: number[] = []
    const changed = entries.map(({ event }) => {
      if (event.type === 'label') return false
      const first = seen.commit(event.seq)
      const kept = first ? applied : again
      kept.push(event.seq)
      if (first) onCommitted(event)
      return first
    })
    effects.committed({ flow, applied, again })
    return changed
  }
  return {
    lanes: 1,
    async commit({ entries }) {
      if (commitMs > 0 && entries.length > 0) await systemClock.sleep(commitMs)
      if (entries.length === 0) return []
      try {
        return apply(entries)
      } catch (error) {
        onFailure(error as Error)
        throw error
      }
    },
    position: async () => null,
    isRefusal: () => false,
    ping: async () => {},
    [Symbol.asyncDispose]: async () => {},
  }
}
