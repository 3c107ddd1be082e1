import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Stops a process where it stands; its sockets stay open and nobody answers. */
export function freeze(pid: number): void {
  process.kill(pid, 'SIGSTOP')
}

/** Lets it go on. A process that is gone, or was never frozen, is none of our business. */
export function thaw(pid: number): void {
  try {
    process.kill(pid, 'SIGCONT')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Whether the process is there and stands still. Asks `ps`, which Linux and macOS both have. */
export async function isFrozen(pid: number): Promise<boolean> {
  const { stdout } = await run('ps', ['-o', 'state=', '-p', String(pid)]).catch(() => ({ stdout: '' }))
  return stdout.trim().startsWith('T')
}
