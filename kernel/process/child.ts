import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { environment } from '#kernel/config/env.ts'
import { DependencyError } from '#kernel/errors.ts'
import { systemClock } from '#kernel/time/clock.ts'
import { seconds } from '#kernel/time/duration.ts'
import { onProcessExit } from './on-process-exit.ts'

/** A process that we started and answer for: it ends when it is disposed of, and never outlives us. */
export interface Child extends AsyncDisposable {
  readonly pid: number
  readonly name: string
  /** The last lines it wrote on stdout and stderr, newest last; bounded. */
  readonly output: readonly string[]
  /** Resolves with the exit code, or with the signal's name, once it has ended. */
  readonly ended: Promise<number | NodeJS.Signals>
  /** `null` while it runs. */
  readonly exit: number | NodeJS.Signals | null
  /** Sends a signal and waits for the end. */
  kill(signal: NodeJS.Signals): Promise<void>
  /** Sends a signal without waiting. */
  signal(signal: NodeJS.Signals): void
  onLine(listener: (line: string) => void): void
}

export interface ChildOptions {
  readonly name: string
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** How long SIGTERM may take before SIGKILL follows, when disposed of. */
  readonly grace?: number
}

const KEPT_LINES = 200
const SETPRIV = '/usr/bin/setpriv'

/**
 * Starts a process in a group of its own, so that a Ctrl-C in the terminal reaches us alone and we stop it
 * in order. Where the system can do it (Linux), the kernel ends it even when we are killed.
 */
export async function startChild(
  command: string,
  args: readonly string[],
  { name, cwd, env = {}, grace = seconds(10) }: ChildOptions,
): Promise<Child> {
  const guarded = existsSync(SETPRIV)
    ? { file: SETPRIV, argv: ['--pdeathsig', 'KILL', command, ...args] }
    : { file: command, argv: [...args] }
  const handle = spawn(guarded.file, guarded.argv, {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...environment(), ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output: string[] = []
  const listeners: ((line: string) => void)[] = []
  for (const stream of [handle.stdout, handle.stderr])
    forEachLine(stream, (line) => {
      output.push(line)
      if (output.length > KEPT_LINES) output.shift()
      for (const listener of listeners) listener(line)
    })
  const ended = once(handle, 'close').then(([code, signal]) => (signal ?? code) as number | NodeJS.Signals)
  const failed = once(handle, 'error').then(([error]) => {
    throw new DependencyError(`cannot start ${name}: ${(error as Error).message}`, { cause: error })
  })
  await Promise.race([once(handle, 'spawn'), failed])
  failed.catch(() => {})
  return ownedChild(handle, { name, output, listeners, ended, grace })
}

interface Parts {
  readonly name: string
  readonly output: string[]
  readonly listeners: ((line: string) => void)[]
  readonly ended: Promise<number | NodeJS.Signals>
  readonly grace: number
}

function ownedChild(handle: ChildProcess, { name, output, listeners, ended, grace }: Parts): Child {
  const pid = handle.pid ?? 0
  let exit: number | NodeJS.Signals | null = null
  const forget = onProcessExit(() => handle.kill('SIGKILL'))
  void ended.then((value) => {
    exit = value
    forget()
  })
  return {
    pid,
    name,
    output,
    ended,
    get exit() {
      return exit
    },
    signal: (signal) => void handle.kill(signal),
    onLine: (listener) => void listeners.push(listener),
    async kill(signal) {
      handle.kill(signal)
      await ended
    },
    async [Symbol.asyncDispose]() {
      if (exit !== null) return
      handle.kill('SIGTERM')
      handle.kill('SIGCONT')
      const patience = new AbortController()
      const late = systemClock.sleep(grace, patience.signal).then(
        () => handle.kill('SIGKILL'),
        () => {},
      )
      await ended
      patience.abort()
      await late
    },
  }
}

function forEachLine(stream: NodeJS.ReadableStream | null, listener: (line: string) => void): void {
  let rest = ''
  stream?.setEncoding('utf8')
  stream?.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) listener(line)
  })
  stream?.on('end', () => {
    if (rest) listener(rest)
  })
}
