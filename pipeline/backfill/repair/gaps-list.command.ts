import { defineCommand } from '#kernel/cli/command.ts'
import { withSettings } from '#kernel/config/with-settings.ts'
import { borrowRedis } from '#kernel/redis/borrow-redis.ts'
import { readClosedGaps } from '#pipeline/ingest/gaps/read-closed-gaps.ts'
import { readGaps } from '#pipeline/ingest/gaps/read-gaps.ts'
import { readRounds } from './read-rounds.ts'
import { renderGaps } from './render-gaps.ts'

/** Says which gaps are open, how far their repair has come, and what became of those before. */
export const command = defineCommand({
  name: 'gaps list',
  describe:
    'List the gaps of a stream, how far the repair of each has come, and how the last ones were closed',
  examples: [
    ['standpipe gaps list', 'of the live stream'],
    ['standpipe gaps list --stream label_live --json', 'of labels, for a program'],
  ],
  options: (yargs) =>
    withSettings(yargs, ['redis-url', 'stream', 'repo-stream'])
      .option('closed', {
        type: 'number',
        default: 10,
        requiresArg: true,
        describe: 'Most closed gaps to list, newest first',
      })
      .option('json', { type: 'boolean', default: false, describe: 'Answer with one JSON object' }),

  async run({ redisUrl, stream, repoStream, closed: limit, json }, { stdout }) {
    const gathered = await borrowRedis(
      redisUrl,
      { name: 'standpipe-gaps', advice: 'nothing was changed' },
      async (redis) => {
        const open = await readGaps(redis, stream)
        const hosts = [...new Set(open.map(({ host }) => host))]
        const rounds = await readRounds(redis, { stream, repoStream }, hosts)
        const closed = limit > 0 ? await readClosedGaps(redis, stream, limit) : []
        return { stream, open, rounds, closed }
      },
    )
    stdout.write(json ? `${JSON.stringify(gathered)}\n` : renderGaps(gathered))
  },
})
