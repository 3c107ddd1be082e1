import { defineCommand } from '#kernel/cli/command.ts'
import { withSettings } from '#kernel/config/with-settings.ts'
import { UsageError } from '#kernel/errors.ts'
import { formatNumber } from '#kernel/format/format-number.ts'
import { borrowRedis } from '#kernel/redis/borrow-redis.ts'
import { systemClock } from '#kernel/time/clock.ts'
import { deadLetterStream } from '#pipeline/contract.ts'
import { openArchive } from './open-archive.ts'
import { parseAge } from './parse-age.ts'
import { purgeLetters } from './purge-letters.ts'
import { parseIds, type Selection } from './selection.ts'

/** Removes dead letters for good, after they were written to a file. */
export const command = defineCommand({
  name: 'dead-letters purge',
  takes: '[ids..]',
  describe: 'Remove dead letters by age or ID, after writing them to a file, or only say how many',
  examples: [
    ['standpipe dead-letters purge --older-than 30d', 'say how many would go'],
    ['standpipe dead-letters purge --older-than 30d --archive letters.ndjson --yes', 'keep and remove them'],
  ],
  options: (yargs) =>
    withSettings(yargs, ['redis-url', 'stream'])
      .positional('ids', { type: 'string', array: true, describe: 'IDs of letters' })
      .option('older-than', {
        type: 'string',
        requiresArg: true,
        describe: 'Age of a letter, counted from its writing: 90s, 15m, 12h, 30d',
      })
      .option('reason', {
        type: 'string',
        requiresArg: true,
        describe: 'Of those, only letters of this reason',
      })
      .option('archive', {
        type: 'string',
        requiresArg: true,
        describe: 'File to which the letters are added first, one JSON object per line',
      })
      .option('without-archive', { type: 'boolean', default: false, describe: 'Keep no copy of what goes' })
      .option('yes', { type: 'boolean', default: false, describe: 'Do it; without this it is only said' })
      .option('json', { type: 'boolean', default: false, describe: 'Answer with one JSON object' }),

  async run({ redisUrl, stream, ids = [], olderThan, reason, yes, json, ...keep }, { signal, stdout }) {
    const letters = deadLetterStream(stream)
    const selection = { reason, ...whichMayGo(ids, olderThan) }
    await using open = new AsyncDisposableStack()
    const path = yes ? whereKept(keep) : null
    const archive = path === null ? null : open.use(await openArchive(path))
    const counts = await borrowRedis(
      redisUrl,
      {
        name: 'standpipe-dead-letters',
        advice: 'run the same command again',
      },
      (redis) => purgeLetters(redis, { letters, selection, yes, archive, signal }),
    )
    const result = { letters, done: yes, ...counts, archive: path }
    stdout.write(json ? `${JSON.stringify(result)}\n` : toSentence(result))
  },
})

/** Nothing is meant by default: a purge of everything must be said. */
function whichMayGo(ids: readonly string[], olderThan: string | undefined): Selection {
  if (ids.length === 0 && olderThan === undefined) {
    throw new UsageError('say what may go: letters by their IDs, or by age with --older-than')
  }
  return {
    ids: ids.length > 0 ? parseIds(ids) : undefined,
    before: olderThan === undefined ? undefined : systemClock.now() - parseAge(olderThan),
  }
}

function whereKept({ archive, withoutArchive }: { archive: string | undefined; withoutArchive: boolean }) {
  if ((archive === undefined) === withoutArchive) return archive ?? null
  throw new UsageError(
    'say where the letters are kept with --archive FILE, or that no copy is wanted with --without-archive',
  )
}

interface Result {
  readonly letters: string
  readonly done: boolean
  readonly purged: number
  readonly left: number
  readonly archive: string | null
}

function toSentence({ letters, done, purged, left, archive }: Result): string {
  const count = `${formatNumber(purged)} ${purged === 1 ? 'letter' : 'letters'} of ${letters}`
  if (!done)
    return `${count} would go; nothing was changed, --yes does it, with --archive FILE or --without-archive\n`
  const kept = archive ? `kept in ${archive}` : 'no copy was kept'
  return `${count} purged, ${kept}; ${formatNumber(left)} left\n`
}
