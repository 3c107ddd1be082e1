import { defineCommand } from '#kernel/cli/command.ts'
import { withSettings } from '#kernel/config/with-settings.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { readHorizon } from './trim/read-horizon.ts'
import type { NothingMayGo, TrimHorizon } from './trim/trim-horizon.ts'
import { trimStream } from './trim/trim-stream.ts'

export const command = defineCommand({
  name: 'trim',
  describe: 'Remove entries that every group of a stream has acknowledged, or only say which',
  examples: [['standpipe trim --dry-run', 'say what may go and which group holds back the rest']],
  options: (yargs) =>
    withSettings(yargs, ['redis-url', 'stream'])
      .option('dry-run', { type: 'boolean', default: false, describe: 'Remove nothing' })
      .option('json', { type: 'boolean', default: false, describe: 'Answer with one JSON object' }),

  async run({ redisUrl, stream, dryRun, json }, { signal, stdout }) {
    const redis = await connectRedis(redisUrl, { name: 'trim' })
    try {
      const { horizon } = await readHorizon(redis, stream)
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

type Result = { readonly stream: string; readonly removed: number } & (TrimHorizon | NothingMayGo)

function toSentence({ stream, removed, ...horizon }: Result, dryRun: boolean): string {
  if (horizon.keepFrom === null) return `${stream} ${horizon.because}: nothing removed`
  const { keepFrom, pinnedBy } = horizon
  const needed = `group ${pinnedBy} needs everything from ${keepFrom} on`
  return dryRun
    ? `${stream}: what lies below ${keepFrom} may go; ${needed}`
    : `${stream}: removed ${removed} entries; ${needed}`
}
