import { defineCommand } from '#kernel/cli/command.ts'
import { EXIT } from '#kernel/cli/exit-code.ts'
import { withSettings } from '#kernel/config/with-settings.ts'
import { UsageError } from '#kernel/errors.ts'
import { borrowRedis } from '#kernel/redis/borrow-redis.ts'
import { deadLetterStream } from '#pipeline/contract.ts'
import { renderReplay } from './render-replay.ts'
import { replaySelected } from './replay-selected.ts'
import { parseIds } from './selection.ts'

/** Gives dead letters another chance. */
export const command = defineCommand({
  name: 'dead-letters replay',
  takes: '[ids..]',
  describe:
    'Put dead letters back into their stream as new entries, or only say which; nothing is put back twice',
  examples: [
    ['standpipe dead-letters replay --reason refused-by-sink', 'say what would be put back'],
    ['standpipe dead-letters replay --reason refused-by-sink --yes', 'put it back'],
    ['standpipe dead-letters replay 1763690000000-0 --yes', 'only this letter'],
  ],
  options: (yargs) =>
    withSettings(yargs, ['redis-url', 'stream', 'high-water'])
      .positional('ids', { type: 'string', array: true, describe: 'IDs of letters' })
      .option('reason', { type: 'string', requiresArg: true, describe: 'Replay all letters of this reason' })
      .option('yes', { type: 'boolean', default: false, describe: 'Do it; without this it is only said' })
      .option('json', { type: 'boolean', default: false, describe: 'Answer with one JSON object' }),

  async run({ redisUrl, stream, highWater, ids = [], reason, yes, json }, { signal, stdout }) {
    if (ids.length === 0 && reason === undefined) {
      throw new UsageError('name letters by their IDs, or all of one reason with --reason')
    }
    const target = { letters: deadLetterStream(stream), stream, highWater }
    const selection = { reason, ids: ids.length > 0 ? parseIds(ids) : undefined }
    const result = await borrowRedis(
      redisUrl,
      {
        name: 'standpipe-dead-letters',
        advice: 'run the same command again: a letter that was put back is not there any more',
      },
      (redis) => replaySelected(redis, { target, selection, yes, signal }),
    )
    stdout.write(json ? `${JSON.stringify(result)}\n` : renderReplay(result))
    return result.full ? EXIT.failed : EXIT.ok
  },
})
