import { defineCommand } from '#kernel/cli/command.ts'
import { EXIT } from '#kernel/cli/exit-code.ts'
import { withSettings } from '#kernel/config/with-settings.ts'
import { UsageError } from '#kernel/errors.ts'
import { borrowRedis } from '#kernel/redis/borrow-redis.ts'
import { cursorKey } from '#pipeline/contract.ts'
import { moveCursor, readSequence } from './move-cursor.ts'
import { planMove } from './plan-move.ts'
import { renderMove } from './render-move.ts'
import { parseSequence } from './stored-cursor.ts'

/** Moves a cursor by hand, and says what that costs. */
export const command = defineCommand({
  name: 'cursor set',
  takes: '<seq>',
  describe: 'Set the cursor of a stream for one relay, or only say what is lost or replayed by that',
  examples: [
    ['standpipe cursor set 6328157203 --host bsky.network', 'say what it would do'],
    ['standpipe cursor set 6328157203 --host bsky.network --yes', 'do it'],
  ],
  options: (yargs) =>
    withSettings(yargs, ['redis-url', 'stream'])
      .positional('seq', { type: 'string', demandOption: true, describe: 'Sequence after which to go on' })
      .option('host', {
        type: 'string',
        demandOption: true,
        requiresArg: true,
        describe: 'Relay whose sequence it is, with or without its scheme',
      })
      .option('yes', { type: 'boolean', default: false, describe: 'Do it; without this it is only said' })
      .option('json', { type: 'boolean', default: false, describe: 'Answer with one JSON object' }),

  async run({ redisUrl, stream, seq, host, yes, json }, { stdout }) {
    const to = parseSequence(seq)
    if (to === null) throw new UsageError(`not a sequence: "${seq}"; expected a whole number`)
    const result = await borrowRedis(
      redisUrl,
      { name: 'standpipe-cursor', advice: 'standpipe cursor list says where it stands' },
      async (redis) => {
        const key = cursorKey(stream, host)
        const plan = planMove(key, await readSequence(redis, key), to)
        return { ...plan, moved: yes && (await moveCursor(redis, plan)) }
      },
    )
    stdout.write(json ? `${JSON.stringify(result)}\n` : renderMove(result, yes))
    return yes && !result.moved ? EXIT.failed : EXIT.ok
  },
})
