import { defineCommand } from '#kernel/cli/command.ts'
import { withDialect } from '#pipeline/dialects/variables/with-dialect.ts'
import { ingestRepos } from './ingest-repos.ts'

/** The same as `ingest --repos`, with a help of its own. */
export const command = defineCommand({
  name: 'ingest repos',
  describe:
    'List every repo of a relay for the backfill, look for newcomers, and repair gaps of the live stream',
  examples: [
    [
      'standpipe ingest repos --relay wss://bsky.network',
      'go on after the stored cursor, else from the first',
    ],
  ],
  options: (yargs) =>
    withDialect(yargs, 'repos', [
      'relay',
      'redis-url',
      'repo-stream',
      'repo-high-water',
      'stream',
      'repair-margin',
      'metrics-host',
      'metrics-port',
      'log-level',
    ]),
  async run({ dialectRemarks, ...settings }, { signal, stderr }) {
    for (const remark of dialectRemarks) stderr.write(`ingest repos: ${remark}\n`)
    return await ingestRepos(settings, signal)
  },
})
