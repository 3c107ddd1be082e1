import { mkdir, open, readFile, rm } from 'node:fs/promises'
import { DependencyError } from '#kernel/errors.ts'

/**
 * Keeps a folder for this process: two embedded servers on one folder would destroy it. A lock whose holder
 * is dead is taken over. Throws `DependencyError` when a living process holds it.
 */
export async function lockFolder(folder: string): Promise<AsyncDisposable> {
  const path = `${folder.replace(/\/+$/, '')}.lock`
  await mkdir(folder, { recursive: true })
  if (!(await create(path))) {
    const [pid, startedAt] = (await readFile(path, 'utf8').catch(() => '')).split(' ')
    if ((await startTime(Number(pid))) === startedAt) {
      throw new DependencyError(
        `process ${pid} uses the embedded database in "${folder}"; stop it first, or use PostgreSQL for several indexers`,
      )
    }
    await rm(path, { force: true })
    if (!(await create(path))) {
      throw new DependencyError(`another process is opening the embedded database in "${folder}"`)
    }
  }
  return { [Symbol.asyncDispose]: () => rm(path, { force: true }) }
}

/** Whether the lock was free. */
async function create(path: string): Promise<boolean> {
  const holder = `${process.pid} ${await startTime(process.pid)}`
  try {
    await using file = await open(path, 'wx')
    await file.writeFile(holder)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/**
 * When a process began, `null` when it is gone. In a container a restarted process has the ID of the one
 * before it, so the ID alone says nothing. Where there is no /proc, a living process is taken for the holder.
 */
async function startTime(pid: number): Promise<string | null> {
  if (!Number.isInteger(pid) || pid <= 0) return null
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    // Field 22, counted behind the name, which may hold spaces: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return isAlive(pid) && process.platform !== 'linux' ? 'unknown' : null
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
