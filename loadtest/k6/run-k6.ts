import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { startChild } from '#kernel/process/child.ts'
import type { FoundK6 } from './find-k6.ts'
import { parseK6Summary } from './k6-summary.ts'
import type { K6Run } from './to-k6-section.ts'

export interface RunK6Options {
  readonly k6: FoundK6
  /** Path of the script. */
  readonly script: string
  readonly env: Readonly<Record<string, string>>
  /** Folder for its summary. */
  readonly folder: string
  readonly signal: AbortSignal
  readonly update: (progress: string) => void
}

const STATS = 'avg,med,p(90),p(99),p(99.9),max,count'
/** SIGINT lets k6 end its iterations and write the summary. */
const STOP = 'SIGINT'

/** Runs a script to its end, or until the signal aborts; says nothing to anybody on the network but its target. */
export async function runK6({ k6, script, env, folder, signal, update }: RunK6Options): Promise<K6Run> {
  const summaryPath = join(folder, 'summary.json')
  const variables = { ...env, K6_AUTO_EXTENSION_RESOLUTION: 'false' }
  const flags = [
    '--summary-export',
    summaryPath,
    '--summary-trend-stats',
    STATS,
    '--no-usage-report',
    '--no-color',
  ]
  await using child = await startChild(
    k6.command,
    [...k6.argsFor(Object.keys(variables)), 'run', ...flags, script],
    {
      name: 'k6',
      cwd: dirname(script),
      env: variables,
    },
  )
  child.onLine((line) => {
    if (line.startsWith('running (')) update(line)
  })
  const stop = () => child.signal(STOP)
  signal.addEventListener('abort', stop)
  const exit = await child.ended.finally(() => signal.removeEventListener('abort', stop))
  const text = await readFile(summaryPath, 'utf8').catch(() => null)
  return {
    script: basename(script),
    exit,
    summary: text === null ? null : parseK6Summary(text),
    lastWords: child.output
      .filter((line) => line.trim() !== '')
      .slice(-3)
      .join('; '),
  }
}
