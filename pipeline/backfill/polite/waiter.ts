/** Someone who waits until he is admitted, or until his signal aborts. */
export interface Waiter {
  /** Rejects with the signal's reason. */
  readonly admitted: Promise<void>
  admit(): void
}

/** `onGone` is called when the signal aborts first. Nothing is left on the signal once he is admitted. */
export function createWaiter(signal: AbortSignal, onGone: () => void): Waiter {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const leave = () => {
    onGone()
    reject(signal.reason as Error)
  }
  signal.addEventListener('abort', leave, { once: true })
  return {
    admitted: promise,
    admit() {
      signal.removeEventListener('abort', leave)
      resolve()
    },
  }
}
