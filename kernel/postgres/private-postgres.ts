import { execFile } from 'node:child_process'
import { chown } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { DependencyError } from '#kernel/errors.ts'
import { type Child, startChild } from '#kernel/process/child.ts'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { findPostgres } from './find-postgres.ts'

/** A PostgreSQL of our own in a folder of its own, reached by a unix socket: no port to collide on. */
export interface PrivatePostgres extends AsyncDisposable {
  /** `postgres://…`, trusted without a password. */
  readonly url: string
  /** `null` while the server is down. */
  readonly pid: number | null
  /** Ends the server and waits: SIGINT is a fast shutdown, SIGKILL a crash. */
  kill(signal: NodeJS.Signals): Promise<void>
  /** Starts the server again on the same data; waits until it answers. */
  start(): Promise<void>
}

const run = promisify(execFile)

/** PostgreSQL refuses to run as root; its package brings this user along. */
const UNPRIVILEGED = 'postgres'

/** Starts it and waits until it answers. Throws `DependencyError` when PostgreSQL is not installed. */
export async function startPrivatePostgres(): Promise<PrivatePostgres> {
  const programs = findPostgres()
  if (!programs) {
    throw new DependencyError('no PostgreSQL server found; install it (Debian: apt-get install postgresql)')
  }
  const folder = await temporaryFolder('postgres')
  const data = join(folder.path, 'data')
  let child: Child | null = null

  const server: PrivatePostgres = {
    url: `postgres://${UNPRIVILEGED}@/postgres?host=${encodeURIComponent(folder.path)}`,
    get pid() {
      return child?.pid ?? null
    },
    async start() {
      if (child) return
      const [file, ...args] = asUnprivileged(join(programs, 'postgres'), [
        '-D',
        data,
        '-k',
        folder.path,
        '-h',
        '',
      ])
      const started = await startChild(file, args, { name: 'postgres', cwd: folder.path })
      child = started
      void started.ended.then(() => {
        if (child === started) child = null
      })
      await untilAnswering(server.url, started)
    },
    async kill(signal) {
      await child?.kill(signal)
    },
    async [Symbol.asyncDispose]() {
      await child?.kill('SIGQUIT')
      await folder[Symbol.asyncDispose]()
    },
  }
  try {
    await initialise(programs, folder.path, data)
    await server.start()
    return server
  } catch (error) {
    await server[Symbol.asyncDispose]()
    throw error
  }
}

async function initialise(programs: string, folder: string, data: string): Promise<void> {
  if (isRoot()) await chown(folder, await idOf('-u'), await idOf('-g'))
  const options = ['-D', data, '-U', UNPRIVILEGED, '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']
  const [file, ...args] = asUnprivileged(join(programs, 'initdb'), options)
  await run(file, args, { cwd: folder })
}

async function idOf(kind: '-u' | '-g'): Promise<number> {
  return Number((await run('id', [kind, UNPRIVILEGED])).stdout)
}

/** The kernel forgets whom a child must not outlive when its user changes, so it is told again afterwards. */
function asUnprivileged(file: string, args: readonly string[]): [file: string, ...args: string[]] {
  if (!isRoot()) return [file, ...args]
  const user = ['--reuid', UNPRIVILEGED, '--regid', UNPRIVILEGED, '--init-groups', '--pdeathsig', 'KILL']
  return ['/usr/bin/setpriv', ...user, file, ...args]
}

function isRoot(): boolean {
  return process.getuid?.() === 0
}

async function untilAnswering(url: string, child: Child): Promise<void> {
  await until(async () => child.exit !== null || (await answers(url)), {
    within: seconds(30),
    what: 'answer from our own PostgreSQL',
  })
  if (child.exit !== null) {
    throw new DependencyError(`our own PostgreSQL ended at once: ${child.output.slice(-3).join(' | ')}`)
  }
}

async function answers(url: string): Promise<true> {
  const probe = new Client({ connectionString: url, connectionTimeoutMillis: seconds(2) })
  probe.on('error', () => {})
  await probe.connect()
  await probe.end()
  return true
}
