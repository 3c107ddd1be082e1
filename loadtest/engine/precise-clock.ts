import { type Clock, systemClock } from '#kernel/time/clock.ts'

/** Milliseconds since the Unix epoch with their fractions; the same for every thread of this machine. */
export const preciseClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  sleep: (ms, signal) => systemClock.sleep(ms, signal),
}
