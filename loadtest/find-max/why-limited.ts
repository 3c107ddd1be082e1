import { judgeSelf } from '#loadtest/engine/judge-self.ts'
import type { LoadRun } from '#loadtest/engine/load-run.ts'

/** What a run ran out of. */
export const RESOURCES = [
  'the generator',
  'memory of Redis',
  'CPU of Redis',
  'CPU of the consumers',
  'CPU of this machine',
  'the sink',
] as const

export type Resource = (typeof RESOURCES)[number]

/** Share of a core from which on a thread is as good as busy all the time. */
const BUSY = 0.85
/** Share of all cores from which on somebody waits for one. */
const ALL_BUSY = 0.95

/**
 * The resource that a run which did not hold ran out of, the first that explains it: a generator that was late
 * explains everything. `null` when none of them was at its end: then the waiting is nobody's want of resources.
 */
export function whyLimited(run: LoadRun): Resource | null {
  const busy = (share: number | null, limit: number) => share !== null && share >= limit
  const signs: Readonly<Record<Resource, boolean>> = {
    'the generator':
      judgeSelf(run.selves).verdict === 'unknown' || run.selves.some(({ cpuShare }) => busy(cpuShare, BUSY)),
    'memory of Redis': run.producers.some(({ refusals }) => (refusals['write-refused'] ?? 0) > 0),
    'CPU of Redis': busy(run.redisCpuShare, BUSY),
    'CPU of the consumers': run.consumerSelves.some(({ cpuShare }) => busy(cpuShare, BUSY)),
    'CPU of this machine': busy(run.machineCpuShare, ALL_BUSY),
    'the sink': run.scenario.groups.some(({ commitMs }) => commitMs > 0),
  }
  return RESOURCES.find((resource) => signs[resource]) ?? null
}
