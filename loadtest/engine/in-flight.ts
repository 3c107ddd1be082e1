/** Bytes on their way, and whoever waits for room. */
export interface InFlight {
  readonly bytes: number
  add(bytes: number): void
  remove(bytes: number): void
  /** Forgets everything that was on its way. */
  clear(): void
  /** `null` while there is room, else a promise that resolves when there may be, or soon. */
  room(): Promise<void> | null
}

/** A wait ends after this long in any case, so that a signal is noticed. */
const LONGEST_WAIT_MS = 50

export function createInFlight(limit: number): InFlight {
  let bytes = 0
  let wake: (() => void) | null = null
  const settle = () => {
    if (bytes >= limit) return
    wake?.()
    wake = null
  }
  return {
    get bytes() {
      return bytes
    },
    add(more) {
      bytes += more
    },
    remove(fewer) {
      bytes -= fewer
      settle()
    },
    clear() {
      bytes = 0
      settle()
    },
    room() {
      if (bytes < limit) return null
      const { promise, resolve } = Promise.withResolvers<void>()
      const timer = setTimeout(resolve, LONGEST_WAIT_MS)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
      return promise
    },
  }
}
