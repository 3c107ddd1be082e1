import { defineCommand } from '#kernel/cli/command.ts'
import { withSettings } from '#kernel/config/with-settings.ts'
import { formatMeasure } from '#kernel/format/format-measure.ts'
import { formatNumber } from '#kernel/format/format-number.ts'
import { printable } from '#kernel/format/printable.ts'
import { toColumns } from '#kernel/format/to-columns.ts'
import { borrowRedis } from '#kernel/redis/borrow-redis.ts'
import { systemClock } from '#kernel/time/clock.ts'
import { seconds } from '#kernel/time/duration.ts'
import { readCursors } from './read-cursors.ts'
import type { StoredCursor } from './stored-cursor.ts'

/** Says where every producer has got to. */
export const command = defineCommand({
  name: 'cursor list',
  describe:
    'List every stored cursor by stream and host, with the age of its newest event where that is known',
  examples: [['standpipe cursor list', 'ours, and those of the systems that we replace']],
  options: (yargs) =>
    withSettings(yargs, ['redis-url']).option('json', {
      type: 'boolean',
      default: false,
      describe: 'Answer with one JSON object',
    }),

  async run({ redisUrl, json }, { signal, stdout, stderr }) {
    const startedAt = systemClock.now()
    let toldAt = startedAt
    const onStep = (keys: number) => {
      if (systemClock.now() - toldAt < seconds(2)) return
      toldAt = systemClock.now()
      stderr.write(`looked at some ${formatNumber(keys)} keys\n`)
    }
    const cursors = await borrowRedis(
      redisUrl,
      { name: 'standpipe-cursor', advice: 'nothing was changed' },
      (redis) => readCursors(redis, { signal, onStep }),
    )
    stdout.write(json ? `${JSON.stringify({ cursors })}\n` : renderCursors(cursors))
  },
})

function renderCursors(cursors: readonly StoredCursor[]): string {
  if (cursors.length === 0) return 'no cursor is stored\n'
  return toColumns(
    ['stream', 'host', 'cursor', 'newest event', 'key'],
    cursors.map(({ stream, host, value, ageMs, key }) => [
      printable(stream),
      printable(host),
      printable(value, 40),
      ageMs === null ? 'not known' : `${formatMeasure(Math.round(ageMs / 1_000), 's')} ago`,
      printable(key),
    ]),
  )
}
