import { lstat, readFile, readlink } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseRedisUrl } from '#kernel/redis/parse-redis-url.ts'
import type { Evidence } from '../evidence.ts'
import { MissingEvidence } from '../missing-evidence.ts'

export interface LocalProcess {
  /** `null` when the server shares our kernel but not our view of processes: a container's unix socket. */
  readonly pid: number | null
  readonly proof: string
}

export interface LocalProcessClues {
  readonly url: string
  readonly server: Evidence['server']
  readonly settings: Evidence['settings'] | null
}

const SERVERS = /redis|valkey|keydb/
/** How far the age of the process may be from the uptime that the server tells, in seconds. */
const AGE_TOLERANCE = 3
/** Linux counts process times in hundredths of a second for whoever reads /proc. */
const TICKS_PER_SECOND = 100

/**
 * Proves that the server runs on this host: a Redis process of its pid, as old as it says it is, in its
 * folder where that can be seen; or else a unix socket, which never leaves the host. Throws
 * `MissingEvidence` with what speaks against it: a wrong guess would judge somebody else's kernel.
 */
export async function findLocalProcess(clues: LocalProcessClues): Promise<LocalProcess> {
  try {
    return await findByPid(clues)
  } catch (error) {
    if (!(error instanceof MissingEvidence) || !(await isSocket(clues.url))) throw error
    return { pid: null, proof: 'reached through a unix socket, which never leaves its host' }
  }
}

async function findByPid({ server, settings }: LocalProcessClues): Promise<LocalProcess> {
  const pid = server.number('process_id')
  const elsewhere = (because: string) =>
    new MissingEvidence(`Redis is not proven to run on this host (${because}); run the audit on its host`)

  const program = await programOf(pid)
  if (program === null) throw elsewhere(`no process ${pid} here`)
  if (!SERVERS.test(program)) throw elsewhere(`process ${pid} here is another program`)
  const age = await ageOf(pid)
  const uptime = server.number('uptime_in_seconds')
  if (age === null || Math.abs(age - uptime) > AGE_TOLERANCE) {
    throw elsewhere(`process ${pid} here is not ${uptime} s old`)
  }
  const folder = await readlink(`/proc/${pid}/cwd`).catch(() => null)
  const told = settings?.has('dir') ? settings.text('dir') : null
  if (folder !== null && told !== null && folder !== told) {
    throw elsewhere(`process ${pid} here works in another folder`)
  }
  return { pid, proof: `process ${pid} here is a Redis, ${uptime} s old, as the server says of itself` }
}

/** The name of the program; `null` when there is no such process. */
async function programOf(pid: number): Promise<string | null> {
  const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null)
  if (line === null) return null
  // A server that names itself writes `redis-server *:6379` over its arguments.
  const [program = '', ...others] = line.split(/[\0 ]/).map((word) => basename(word))
  // Started through a loader that was named, it is one of the loader's arguments.
  return program.startsWith('ld-') ? (others.find((name) => SERVERS.test(name)) ?? program) : program
}

/** Seconds since the process began; `null` where /proc does not tell. */
async function ageOf(pid: number): Promise<number | null> {
  try {
    const [stat, uptime] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile('/proc/uptime', 'utf8'),
    ])
    // The name in brackets may hold blanks; the start time is the 20th field after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return Number(uptime.split(' ')[0]) - Number(fields[19]) / TICKS_PER_SECOND
  } catch {
    return null
  }
}

async function isSocket(url: string): Promise<boolean> {
  const { path } = parseRedisUrl(url)
  if (typeof path !== 'string') return false
  return lstat(path).then(
    (entry) => entry.isSocket(),
    () => false,
  )
}
