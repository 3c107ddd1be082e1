import { defineCommand } from '#kernel/cli/command.ts'
import { withSettings } from '#kernel/config/with-settings.ts'
import { borrowRedis } from '#kernel/redis/borrow-redis.ts'
import { deadLetterStream } from '#pipeline/contract.ts'
import { gatherLetters } from './gather-letters.ts'
import { renderLetters } from './render-letters.ts'

/** Says what lies in the dead letters and why, without taking anything out. */
export const command = defineCommand({
  name: 'dead-letters list',
  describe: 'List the dead letters of a stream by reason, or those of one reason one by one',
  examples: [
    ['standpipe dead-letters list', 'how many there are, why, and since when'],
    ['standpipe dead-letters list --reason refused-by-sink', 'each of them, with its ID and error'],
  ],
  options: (yargs) =>
    withSettings(yargs, ['redis-url', 'stream'])
      .option('reason', { type: 'string', requiresArg: true, describe: 'List the letters of this reason' })
      .option('limit', {
        type: 'number',
        default: 100_000,
        requiresArg: true,
        describe: 'Most letters to look at, oldest first',
      })
      .option('json', { type: 'boolean', default: false, describe: 'Answer with one JSON object' }),

  async run({ redisUrl, stream, reason, limit, json }, { signal, stdout, stderr }) {
    const letters = deadLetterStream(stream)
    const gathered = await borrowRedis(
      redisUrl,
      { name: 'standpipe-dead-letters', advice: 'nothing was changed' },
      (redis) => gatherLetters(redis, { letters, reason, limit, signal, stderr }),
    )
    stdout.write(json ? `${JSON.stringify(gathered)}\n` : renderLetters(gathered))
  },
})
