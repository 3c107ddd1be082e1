import { InterruptedError } from '#kernel/errors.ts'
import { runLastActs } from '#kernel/process/on-process-exit.ts'

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

export interface Interrupt {
  readonly signal: AbortSignal
  /** Stops listening; nothing is left on `process`. */
  stop(): void
}

/**
 * Turns the first SIGINT or SIGTERM into an abort, so that the run can end in order. The second one ends the
 * process at once, after the processes and folders we own are gone.
 */
export function onInterrupt(): Interrupt {
  const controller = new AbortController()
  const listener = (name: NodeJS.Signals) => {
    if (!controller.signal.aborted) return controller.abort(new InterruptedError(`interrupted by ${name}`))
    stop()
    runLastActs()
    return process.kill(process.pid, name)
  }
  const stop = () => {
    for (const name of SIGNALS) process.off(name, listener)
  }
  for (const name of SIGNALS) process.on(name, listener)
  return { signal: controller.signal, stop }
}
