import { defineCommand } from '#kernel/cli/command.ts'
import { withSettings } from '#kernel/config/with-settings.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import type { FlooredHorizon } from './trim/keep-floor.ts'
import { readHorizon } from './trim/read-horizon.ts'
import { parseRetentionFloor } from './trim/retention-floor.ts'
import type { NothingMayGo } from './trim/trim-horizon.ts'
import { trimStream } from './trim/trim-stream.ts'

export const command = defineCommand({
  name: 'trim',
  describe: 'Remove entries that every group of a stream has acknowledged, or only say which',
  examples: [
    ['standpipe trim --dry-run', 'say what may go and which group holds back the rest'],
    ['standpipe trim --keep-at-least 12h', 'leave the youngest in any case, for whoever joins later'],
  ],
  options: (yargs) =>
    withSettings(yargs, ['redis-url', 'stream', 'keep-at-least'])
      .option('dry-run', { type: 'boolean', default: false, describe: 'Remove nothing' })
      .option('json', { type: 'boolean', default: false, describe: 'Answer with one JSON object' }),

  async run({ redisUrl, stream, keepAtLeast, dryRun, json }, { signal, stdout }) {
    const floor = keepAtLeast === undefined ? null : parseRetentionFloor(keepAtLeast)
    const redis = await connectRedis(redisUrl, { name: 'trim' })
    try {
      const { horizon } = await readHorizon(redis, stream, floor)
      const trims = !dryRun && horizon.keepFrom !== null
      const result = {
        stream,
        removed: trims ? await trimStream(redis, stream, horizon, signal) : 0,
        ...horizon,
      }
      stdout.write(json ? `${JSON.stringify(result)}\n` : `${toSentence(result, dryRun)}\n`)
    } finally {
      redis.disconnect()
    }
  },
})

type Result = { readonly stream: string; readonly removed: number } & (FlooredHorizon | NothingMayGo)

function toSentence({ stream, removed, ...horizon }: Result, dryRun: boolean): string {
  if (horizon.keepFrom === null) return `${stream} ${horizon.because}: nothing removed`
  const { keepFrom, keepEntries, pinnedBy, floored } = horizon
  const who = floored ? '--keep-at-least keeps' : `group ${pinnedBy} needs`
  const youngest = keepEntries > 0 ? `, and ${keepEntries} entries stay in any case` : ''
  const needed = `${who} everything from ${keepFrom} on${youngest}`
  return dryRun
    ? `${stream}: what lies below ${keepFrom} may go; ${needed}`
    : `${stream}: removed ${removed} entries; ${needed}`
}
