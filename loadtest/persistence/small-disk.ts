import { execFile } from 'node:child_process'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findExecutable } from '#kernel/process/find-executable.ts'
import { findRedisServer } from '#kernel/redis/find-redis-server.ts'

/** A server whose files lie on a disk of its own, which nobody else sees and which is gone with it. */
export interface SmallDisk {
  /** Starts redis-server on it, in the place of redis-server. */
  readonly binary: string
  /** Where the server sees the disk. */
  readonly dir: string
}

const run = promisify(execFile)

/** Why no such disk can be had here; `null` when it can. */
export async function whyNoSmallDisk(): Promise<string | null> {
  if (findExecutable('unshare') === null) return 'it takes unshare (Linux, util-linux)'
  try {
    await run('unshare', ['-Urm', 'mount', '-t', 'tmpfs', '-o', 'size=1m', 'none', tmpdir()])
    return null
  } catch (error) {
    return `this system lets us mount no disk of our own: ${(error as Error).message.trim().split('\n').at(-1)}`
  }
}

/** Writes the launcher into `folder`. The disk is a tmpfs in a mount namespace: neither root nor a device is needed. */
export async function layOutSmallDisk(folder: string, bytes: number): Promise<SmallDisk> {
  const dir = join(folder, 'disk')
  const binary = join(folder, 'redis-server-on-small-disk')
  const server = findRedisServer()
  // Entering a namespace takes back that the server ends with us; this asks for it again.
  const guard = findExecutable('setpriv') === null ? '' : 'setpriv --pdeathsig KILL '
  const inside = `mount -t tmpfs -o size=${bytes} none "$0" && head -c ${Math.floor(bytes / 2)} /dev/zero > "$0/ballast" && exec ${guard}"${server}" "$@"`
  await mkdir(dir)
  await writeFile(binary, `#!/bin/sh\nexec unshare -Urm sh -c '${inside}' "${dir}" "$@"\n`)
  await chmod(binary, 0o700)
  return { binary, dir }
}
