import { fileURLToPath } from 'node:url'
import { DependencyError } from '#kernel/errors.ts'
import { type Child, startChild } from '#kernel/process/child.ts'
import { type Duration, seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'

/** One of our own long-running commands in a process of its own, which can be killed and started again. */
export interface Service extends AsyncDisposable {
  readonly name: string
  /** `null` while it is down. */
  readonly pid: number | null
  /** The last lines of its latest life, newest last. */
  readonly output: readonly string[]
  /** Starts it again with the same arguments; does nothing while it runs. */
  start(): Promise<void>
  /** Sends a signal and waits for the end; does nothing while it is down. */
  kill(signal: NodeJS.Signals): Promise<void>
  /** Sends a signal without waiting, such as SIGSTOP. */
  signal(signal: NodeJS.Signals): void
}

export interface ServiceOptions {
  readonly name: string
  /** The command line after `standpipe`. */
  readonly args: readonly string[]
  /** True once the process can be relied upon; polled after every start. */
  readonly ready: (child: Child) => boolean | Promise<boolean>
  readonly within?: Duration
}

/** What a throw-away service may take to drain; one that is still opening its database cannot hear us. */
const GRACE = seconds(3)

/** What an operator runs, so that a service of ours has the same flags of Node as one of theirs. */
const LAUNCHER = fileURLToPath(new URL('../../bin/standpipe', import.meta.url))

/** Starts it and waits until it is ready. Throws `DependencyError` with its last words when it ends first. */
export async function startService(options: ServiceOptions): Promise<Service> {
  let child: Child | null = null
  let output: readonly string[] = []
  const service: Service = {
    name: options.name,
    get pid() {
      return child?.pid ?? null
    },
    get output() {
      return output
    },
    async start() {
      if (child) return
      const started = await startChild(LAUNCHER, options.args, { name: options.name, grace: GRACE })
      child = started
      output = started.output
      void started.ended.then(() => {
        if (child === started) child = null
      })
      await untilReady(started, options)
    },
    async kill(signal) {
      await child?.kill(signal)
    },
    signal(signal) {
      child?.signal(signal)
    },
    async [Symbol.asyncDispose]() {
      await child?.[Symbol.asyncDispose]()
    },
  }
  try {
    await service.start()
    return service
  } catch (error) {
    await service[Symbol.asyncDispose]()
    throw error
  }
}

async function untilReady(
  child: Child,
  { name, ready, within = seconds(30) }: ServiceOptions,
): Promise<void> {
  await until(async () => child.exit !== null || (await ready(child)), {
    within,
    what: `readiness of ${name}; it said: ${child.output.slice(-3).join(' | ') || 'nothing'}`,
    every: 50,
  })
  if (child.exit === null) return
  const words = child.output.slice(-5).join(' | ')
  throw new DependencyError(`${name} ended at once with ${child.exit}: ${words || 'it said nothing'}`)
}
