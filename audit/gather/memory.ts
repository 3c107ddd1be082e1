import { readCgroupLimit } from './cgroup-limit.ts'
import { findLocalProcess } from './local-process.ts'
import type { Gatherer } from './source.ts'

/**
 * The machine's memory as the server sees it, or its cgroup's limit where the server runs on this host and the
 * limit is lower. From afar a cgroup cannot be seen, and the quotes then show the machine's memory alone.
 */
export const gatherMemory: Gatherer<'memory'> = async ({ url, read }) => {
  const [server, settings] = await Promise.all([read('server'), read('settings').catch(() => null)])
  const machine = server.number('total_system_memory')
  const quotes = server.quotes('total_system_memory')
  const process = await findLocalProcess({ url, server, settings }).catch(() => null)
  const cgroup = process?.pid ? await readCgroupLimit(process.pid) : null
  if (!cgroup || cgroup.bytes >= machine) return { limitBytes: machine, quotes }
  return { limitBytes: cgroup.bytes, quotes: [...quotes, cgroup.quote] }
}
