import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DependencyError } from '#kernel/errors.ts'
import { startChild } from '#kernel/process/child.ts'
import { findExecutable } from '#kernel/process/find-executable.ts'
import { freePort } from '#kernel/process/free-port.ts'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { renderPrometheus } from './render-prometheus.ts'
import type { ScrapeTarget } from './scrape-target.ts'

/** A Prometheus of our own on loopback, gone with its data when disposed of. */
export interface PrivatePrometheus extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, without a trailing slash. */
  readonly url: string
}

export interface PrivatePrometheusOptions {
  readonly targets: readonly ScrapeTarget[]
  /** The rules file to evaluate, every second. */
  readonly rules: string
  readonly alertmanager?: string
}

/** There is no Prometheus to start; the reason is a sentence for a report. */
export interface NoPrometheus {
  readonly missing: string
}

/**
 * Starts the `prometheus` on PATH with a scrape and an evaluation every second, and waits until it is ready.
 * Without one it answers why, since a drill can do without. Throws `DependencyError` when it does not come up.
 */
export async function startPrometheus({
  targets,
  rules,
  alertmanager,
}: PrivatePrometheusOptions): Promise<PrivatePrometheus | NoPrometheus> {
  const binary = findExecutable('prometheus')
  if (!binary) return { missing: 'no prometheus on PATH; install it (Debian: apt-get install prometheus)' }
  await using stack = new AsyncDisposableStack()
  const folder = stack.use(await temporaryFolder('prometheus'))
  const configFile = join(folder.path, 'prometheus.yaml')
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  await writeFile(
    configFile,
    renderPrometheus({
      targets,
      rules: [rules],
      interval: '1s',
      timeout: '1s',
      ...(alertmanager ? { alertmanager } : {}),
    }),
  )
  const child = stack.use(
    await startChild(
      binary,
      [
        `--config.file=${configFile}`,
        `--storage.tsdb.path=${join(folder.path, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
      ],
      { name: 'prometheus', cwd: folder.path },
    ),
  )
  await until(
    async () => {
      if (child.exit !== null) return true
      return (await fetch(`${url}/-/ready`)).ok
    },
    { within: seconds(30), what: 'answer from our own prometheus', every: 100 },
  )
  if (child.exit !== null) {
    throw new DependencyError(`our own prometheus ended at once: ${child.output.slice(-3).join(' | ')}`)
  }
  const owned = stack.move()
  return { url, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}
