import { fileURLToPath } from 'node:url'
import { type Child, startChild } from '#kernel/process/child.ts'
import { freePort } from '#kernel/process/free-port.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'

const CLI = fileURLToPath(new URL('../../cli.ts', import.meta.url))

/** A real `standpipe index` in a process of its own. */
export interface IndexProcess extends AsyncDisposable {
  readonly child: Child
  /** `http://127.0.0.1:PORT`. */
  readonly url: string
  /** The value of a metric, summed over its labels; 0 while it has no sample. */
  counted(name: string): Promise<number>
}

/** Starts it and waits until it serves; every flag is given by name. */
export async function startIndexProcess(flags: Readonly<Record<string, string>>): Promise<IndexProcess> {
  const port = await freePort()
  const args = Object.entries({ ...flags, 'metrics-port': String(port) }).flatMap(([flag, value]) => [
    `--${flag}`,
    value,
  ])
  const child = await startChild(process.execPath, [CLI, 'index', ...args], { name: 'index' })
  const url = `http://127.0.0.1:${port}`
  await until(async () => child.exit !== null || (await fetch(`${url}/healthz`)).ok, {
    within: seconds(30),
    what: 'answer from standpipe index',
  })
  if (child.exit !== null) throw new Error(`index ended with ${child.exit}: ${child.output.join(' | ')}`)
  return {
    child,
    url,
    async counted(name) {
      const text = await (await fetch(`${url}/metrics`)).text()
      return text
        .split('\n')
        .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
        .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0)
    },
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  }
}
