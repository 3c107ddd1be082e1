import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { dud, type Fault } from '../fault.ts'
import type { Target, Victim } from '../target.ts'
import { freeze, isFrozen, thaw } from './freeze.ts'

/** Freezes a process, as a long garbage collection, a suspended machine or a debugger does. */
export function pauseProcess(name: string, pick: (target: Target) => Victim | null | undefined): Fault {
  return {
    name: `pause-process:${name}`,
    against(target) {
      const victim = pick(target)
      return {
        async inject(signal) {
          const pid = victim?.pid
          if (!pid) return dud(`there is no running ${name} of ours`)
          signal.throwIfAborted()
          freeze(pid)
          const still = { within: seconds(2), what: `standstill of ${name}`, signal }
          const bit = await until(() => isFrozen(pid), still).catch(() => signal.throwIfAborted() ?? false)
          return { bit, detail: `pid ${pid} ${bit ? 'stands still' : 'was sent SIGSTOP and still runs'}` }
        },
        async lift() {
          if (victim?.pid) thaw(victim.pid)
        },
      }
    },
  }
}
