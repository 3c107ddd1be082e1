import { defineCommand } from '#kernel/cli/command.ts'
import { withSettings } from '#kernel/config/with-settings.ts'
import { UsageError } from '#kernel/errors.ts'
import { borrowRedis } from '#kernel/redis/borrow-redis.ts'
import { deadLetterStream } from '#pipeline/contract.ts'
import { readLetters } from './read-letters.ts'
import { renderLetter } from './render-letter.ts'
import { parseIds } from './selection.ts'
import { toJson } from './to-json.ts'

/** Shows one dead letter whole: what was tried, and every field of the entry, byte for byte. */
export const command = defineCommand({
  name: 'dead-letters show',
  takes: '<id>',
  describe: 'Show one dead letter whole, with every field of its entry',
  examples: [['standpipe dead-letters show 1763690000000-0', 'the ID is that of the letter']],
  options: (yargs) =>
    withSettings(yargs, ['redis-url', 'stream'])
      .positional('id', { type: 'string', demandOption: true, describe: 'ID of the letter' })
      .option('json', { type: 'boolean', default: false, describe: 'Answer with one JSON object' }),

  async run({ redisUrl, stream, id, json }, { signal, stdout }) {
    const letters = deadLetterStream(stream)
    const letter = await borrowRedis(
      redisUrl,
      { name: 'standpipe-dead-letters', advice: 'nothing was changed' },
      async (redis) => {
        const selection = { ids: parseIds([id]) }
        for await (const [found] of readLetters(redis, { letters, selection, signal })) return found
        return undefined
      },
    )
    if (!letter)
      throw new UsageError(`no letter "${id}" in ${letters}; it was replayed or purged, or never there`)
    stdout.write(json ? `${JSON.stringify(toJson(letter))}\n` : renderLetter(letter))
  },
})
