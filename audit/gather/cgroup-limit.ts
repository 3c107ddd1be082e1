import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Quote } from '../quote.ts'

export interface CgroupLimit {
  readonly bytes: number
  readonly quote: Quote
}

/** The unified hierarchy names no controller; the first version has one for memory. */
const HIERARCHIES = [
  { controller: '', root: '/sys/fs/cgroup', file: 'memory.max' },
  { controller: 'memory', root: '/sys/fs/cgroup/memory', file: 'memory.limit_in_bytes' },
] as const

/** The first version writes "no limit" as nearly 2^63. */
const NO_LIMIT = 2 ** 60

/** The lowest memory limit on the way from a process's cgroup to the root; `null` when there is none. */
export async function readCgroupLimit(pid: number): Promise<CgroupLimit | null> {
  const files = limitFiles(await readText(`/proc/${pid}/cgroup`))
  const limits = await Promise.all(files.map(readLimit))
  return limits.filter((one) => one !== null).toSorted((a, b) => a.bytes - b.bytes)[0] ?? null
}

/** `memberships` is `/proc/<pid>/cgroup`: lines of `number:controllers:path`. */
function limitFiles(memberships: string): string[] {
  return memberships.split('\n').flatMap((line) => {
    const [, controllers, path] = line.split(':')
    const hierarchy = HIERARCHIES.find(({ controller }) => controllers?.split(',').includes(controller))
    return hierarchy && path
      ? upwards(path).map((folder) => join(hierarchy.root, folder, hierarchy.file))
      : []
  })
}

function upwards(path: string): string[] {
  const above = dirname(path)
  return above === path ? [path] : [path, ...upwards(above)]
}

async function readLimit(file: string): Promise<CgroupLimit | null> {
  const value = (await readText(file)).trim()
  if (!/^\d+$/.test(value) || Number(value) >= NO_LIMIT) return null
  return { bytes: Number(value), quote: { command: `cat ${file}`, value } }
}

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '')
}
