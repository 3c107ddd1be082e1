import { defineCommand } from '#kernel/cli/command.ts'
import { EXIT } from '#kernel/cli/exit-code.ts'
import { withSettings } from '#kernel/config/with-settings.ts'
import { UsageError } from '#kernel/errors.ts'
import { borrowRedis } from '#kernel/redis/borrow-redis.ts'
import { systemClock } from '#kernel/time/clock.ts'
import { closeGaps } from './close-gaps.ts'
import { type OpenGap, readGaps } from './read-gaps.ts'

/** Closes gaps on somebody's word. */
export const command = defineCommand({
  name: 'gaps close',
  takes: '<ids..>',
  describe: 'Close gaps without repairing them, on the word of whoever does it, or only say which',
  examples: [
    [
      'standpipe gaps close 1763690000000-0 --because "labeler replayed from 0" --stream label_live --yes',
      'a gap of labels, mended by a replay',
    ],
  ],
  options: (yargs) =>
    withSettings(yargs, ['redis-url', 'stream'])
      .positional('ids', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'IDs of gaps, as standpipe gaps list names them',
      })
      .option('because', {
        type: 'string',
        demandOption: true,
        requiresArg: true,
        describe: 'Why nothing is missing, or why that is accepted; kept with the gap',
      })
      .option('yes', { type: 'boolean', default: false, describe: 'Do it; without this it is only said' })
      .option('json', { type: 'boolean', default: false, describe: 'Answer with one JSON object' }),

  async run({ redisUrl, stream, ids, because, yes, json }, { stdout }) {
    const advice = 'run the same command again: a gap that is closed already is left alone'
    const result = await borrowRedis(redisUrl, { name: 'standpipe-gaps', advice }, async (redis) => {
      const open = await readGaps(redis, stream)
      const meant = ids.map((id) => findGap(open, id))
      const closing = { at: new Date(systemClock.now()).toISOString(), by: 'operator' as const, because }
      const counts = { listed: 0, queued: 0, fetched: 0, deadLettered: 0 }
      const closed = yes ? await closeGaps(redis, stream, ids, { ...closing, ...counts }) : 0
      return { stream, gaps: meant, closed, left: open.length - closed }
    })
    stdout.write(json ? `${JSON.stringify(result)}\n` : toSentence(result, yes))
    return EXIT.ok
  },
})

function findGap(open: readonly OpenGap[], id: string): OpenGap {
  const gap = open.find((one) => one.id === id)
  if (!gap) throw new UsageError(`no open gap "${id}"; standpipe gaps list names them`)
  return gap
}

function toSentence(
  { gaps, closed, left }: { gaps: readonly OpenGap[]; closed: number; left: number },
  yes: boolean,
): string {
  const count = (number: number) => `${number} ${number === 1 ? 'gap' : 'gaps'}`
  if (!yes) return `${count(gaps.length)} would be closed unrepaired; nothing was changed, --yes does it\n`
  return `${count(closed)} closed unrepaired; ${left} left open\n`
}
