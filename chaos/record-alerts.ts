import { systemClock } from '#kernel/time/clock.ts'
import { type Duration, milliseconds } from '#kernel/time/duration.ts'
import type { AlertWatch, NoAlertWatch } from './alert-watch.ts'
import type { DrillLog, FiredAlert } from './drill-log.ts'

/** Writes down which alerts fire while it is not disposed of. */
export interface AlertRecorder extends AsyncDisposable {
  /** Whether there is anybody to ask. */
  readonly watching: boolean
  /** Whether this alert was ever seen firing. */
  hasFired(name: string): boolean
  /** Given the moments of the first injection and of the last lift, in seconds of `now`. */
  result(injectedAt: number, liftedAt: number): DrillLog['alerts']
}

interface Seen {
  readonly from: number
  until: number | null
}

/** Asks twice a second unless told otherwise; `now` gives seconds, and `says` hears of every change. */
export function recordAlerts(
  watch: AlertWatch | NoAlertWatch,
  now: () => number,
  says: (what: string) => void,
  every: Duration = milliseconds(500),
): AlertRecorder {
  const seen = new Map<string, Seen>()
  const firing = new Set<string>()
  const ended = new AbortController()
  let silence: string | null = 'missing' in watch ? watch.missing : null

  const note = (names: ReadonlySet<string>) => {
    for (const name of names.difference(firing)) {
      says(`${name} fires`)
      if (!seen.has(name)) seen.set(name, { from: now(), until: null })
    }
    for (const name of firing.difference(names)) {
      says(`${name} is resolved`)
      const one = seen.get(name)
      if (one) one.until = now()
    }
    firing.clear()
    for (const name of names) firing.add(name)
  }
  const asking = (async () => {
    while (!('missing' in watch) && !ended.signal.aborted) {
      try {
        note(new Set((await watch.firing()).map(({ name }) => name)))
        silence = null
      } catch (error) {
        silence = (error as Error).message
      }
      await systemClock.sleep(every, ended.signal).catch(() => {})
    }
  })()

  return {
    watching: !('missing' in watch),
    hasFired: (name) => seen.has(name),
    result(injectedAt, liftedAt) {
      if (silence !== null && seen.size === 0) return { missing: silence }
      const toFired = ([name, { from, until }]: readonly [string, Seen]): FiredAlert => ({
        name,
        firedInMs: Math.round((from - injectedAt) * 1_000),
        resolvedInMs: until === null || firing.has(name) ? null : Math.round((until - liftedAt) * 1_000),
      })
      return { fired: [...seen].map(toFired).filter(({ firedInMs }) => firedInMs >= 0) }
    },
    async [Symbol.asyncDispose]() {
      ended.abort()
      await asking
    },
  }
}
