import { defineCommand } from '#kernel/cli/command.ts'
import { withSettings } from '#kernel/config/with-settings.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { gatherGroups } from './trim/gather-groups.ts'
import { trimHorizon } from './trim/trim-horizon.ts'
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
      const horizon = trimHorizon(await gatherGroups(redis, stream))
      const removed = horizon && !dryRun ? await trimStream(redis, stream, horizon, signal) : 0
      const result = {
        stream,
        removed,
        keepFrom: horizon?.keepFrom ?? null,
        pinnedBy: horizon?.pinnedBy ?? null,
      }
      stdout.write(json ? `${JSON.stringify(result)}\n` : `${toSentence(result, dryRun)}\n`)
    } finally {
      redis.disconnect()
    }
  },
})

interface Result {
  readonly stream: string
  readonly removed: number
  readonly keepFrom: string | null
  readonly pinnedBy: string | null
}

function toSentence({ stream, removed, keepFrom, pinnedBy }: Result, dryRun: boolean): string {
  if (keepFrom === null) return `${stream} has no group, so nothing says what may go: nothing removed`
  const needed = `group ${pinnedBy} needs everything from ${keepFrom} on`
  return dryRun
    ? `${stream}: what lies below ${keepFrom} may go; ${needed}`
    : `${stream}: removed ${removed} entries; ${needed}`
}
