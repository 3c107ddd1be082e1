import { readFileSync } from 'node:fs'
import { arch, availableParallelism, platform, release, totalmem } from 'node:os'
import { formatMeasure } from '#kernel/format/format-measure.ts'

/** What every number of a run depends on: our version, that of Node, and the machine. */
export function describeHost(): Readonly<Record<string, string>> {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  return {
    standpipe: version,
    node: process.version,
    host: `${platform()} ${release()} ${arch()}, ${availableParallelism()} cores, ${formatMeasure(totalmem(), 'bytes')}`,
  }
}
