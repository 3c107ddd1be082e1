import { monitorEventLoopDelay } from 'node:perf_hooks'

/** How a thread that makes load was doing meanwhile. */
export interface SelfSample {
  /** Which thread: `producer live`. */
  readonly name: string
  /** How long the event loop was held up, in milliseconds. */
  readonly delayP99Ms: number
  readonly delayMaxMs: number
  /** CPU time of the thread over the time that passed; 1 is a whole core. */
  readonly cpuShare: number
  /** Arrivals that the schedule asked for, and those that went out late through the thread's own fault. */
  readonly arrivals: number
  readonly late: number
}

/** A thread that looks at itself from its start until it is asked. */
export interface SelfWatch extends Disposable {
  arrived(arrivals: number, late: number): void
  /** Forgets what was before, as at the end of a warm-up. */
  reset(): void
  read(): SelfSample
}

const RESOLUTION_MS = 5
const NANOSECONDS = 1e6

export function watchSelf(name: string): SelfWatch {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delay.enable()
  let began = performance.now()
  let cpu = process.threadCpuUsage()
  let arrivals = 0
  let late = 0
  // The histogram holds the time between two looks, which is the resolution when nothing is in the way.
  const heldUp = (nanoseconds: number) => Math.max(0, nanoseconds / NANOSECONDS - RESOLUTION_MS)
  return {
    arrived(more, lateOnes) {
      arrivals += more
      late += lateOnes
    },
    reset() {
      delay.reset()
      began = performance.now()
      cpu = process.threadCpuUsage()
      arrivals = 0
      late = 0
    },
    read() {
      const used = process.threadCpuUsage(cpu)
      const passedMs = Math.max(1, performance.now() - began)
      return {
        name,
        delayP99Ms: heldUp(delay.percentile(99)),
        delayMaxMs: heldUp(delay.max),
        cpuShare: (used.user + used.system) / 1_000 / passedMs,
        arrivals,
        late,
      }
    },
    [Symbol.dispose]: () => void delay.disable(),
  }
}
