import { defineCommand } from '#kernel/cli/command.ts'
import { withSettings } from '#kernel/config/with-settings.ts'
import { ingestRepos } from './ingest-repos.ts'

export const command = defineCommand({
  name: 'ingest repos',
  describe: 'List every repo of a relay into a stream for the backfill, and look for newcomers',
  examples: [
    [
      'standpipe ingest repos --relay wss://bsky.network',
      'go on after the stored cursor, else from the first',
    ],
  ],
  options: (yargs) =>
    withSettings(yargs, [
      'relay',
      'redis-url',
      'repo-stream',
      'repo-high-water',
      'metrics-host',
      'metrics-port',
      'log-level',
    ]),
  run: (settings, { signal }) => ingestRepos(settings, signal),
})
