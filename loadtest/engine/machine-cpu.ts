import { cpus } from 'node:os'

/** CPU time of this machine up to a moment, in milliseconds over all cores. */
export interface MachineCpu {
  readonly busy: number
  readonly total: number
}

export function readMachineCpu(): MachineCpu {
  const times = cpus().map((core) => core.times)
  const sum = (ofCore: (core: (typeof times)[number]) => number) =>
    times.reduce((all, core) => all + ofCore(core), 0)
  const total = sum(({ user, nice, sys, idle, irq }) => user + nice + sys + idle + irq)
  return { busy: total - sum(({ idle }) => idle), total }
}

/** Share of all cores that was busy between two looks, by whomever; `null` when no time passed. */
export function machineCpuBetween(before: MachineCpu, after: MachineCpu): number | null {
  return after.total > before.total ? (after.busy - before.busy) / (after.total - before.total) : null
}
