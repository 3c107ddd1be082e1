import { defineCommand } from '#kernel/cli/command.ts'
import { EXIT } from '#kernel/cli/exit-code.ts'
import { withSettings } from '#kernel/config/with-settings.ts'
import { formatNumber } from '#kernel/format/format-number.ts'
import { borrowRedis } from '#kernel/redis/borrow-redis.ts'
import { systemClock } from '#kernel/time/clock.ts'
import { seconds } from '#kernel/time/duration.ts'
import { createGetter } from '#pipeline/backfill/fetch/getter.ts'
import { NAMED_HOST } from '#pipeline/backfill/fetch/host-policy.ts'
import { PATIENCE } from '#pipeline/backfill/fetch/read-body.ts'
import { pageFetcher } from '#pipeline/backfill/list-repos/fetch-page.ts'
import { relayOrigin } from '#pipeline/backfill/list-repos/relay-origin.ts'
import { repairGaps } from './repair-gaps.ts'
import { toProgress } from './to-progress.ts'

/** Repairs the gaps of one relay while somebody watches; a backfiller must be at work. */
export const command = defineCommand({
  name: 'gaps repair',
  describe:
    'Queue every repo that may have changed in the gaps of a relay, and wait until the backfill is done',
  examples: [
    ['standpipe gaps repair --relay wss://bsky.network', 'go on where a repair stands, or begin one'],
  ],
  options: (yargs) =>
    withSettings(yargs, [
      'relay',
      'redis-url',
      'stream',
      'repo-stream',
      'repo-high-water',
      'repair-margin',
    ]).option('json', { type: 'boolean', default: false, describe: 'Answer with one JSON object' }),

  async run(
    { relay, redisUrl, stream, repoStream, repoHighWater, repairMargin, json },
    { signal, stdout, stderr },
  ) {
    const host = relayOrigin(relay)
    using getter = createGetter({ policy: NAMED_HOST, headersWithin: seconds(30) })
    const advice = 'run the same command again: a repair goes on where it stands'
    const result = await borrowRedis(redisUrl, { name: 'standpipe-gaps', advice }, async (redis) => {
      const fetchPage = pageFetcher(getter, host, PATIENCE)
      const margin = seconds(repairMargin)
      const options = { redis, stream, repoStream, host, highWater: repoHighWater, margin, fetchPage }
      const sum = { host, closed: 0, queued: 0, fetched: 0, deadLettered: 0 }
      let toldAt = -Infinity
      for await (const step of repairGaps({ ...options, tuning: { look: seconds(1) } }, signal)) {
        if (step.kind === 'nothing') break
        if (step.kind === 'closed') {
          sum.closed += step.gaps
          sum.queued += step.closing.queued
          sum.fetched += step.closing.fetched
          sum.deadLettered += step.closing.deadLettered
        }
        if (json || systemClock.now() - toldAt < seconds(2)) continue
        toldAt = systemClock.now()
        stderr.write(`${toProgress(step, stream)}\n`)
      }
      signal.throwIfAborted()
      return sum
    })
    stdout.write(json ? `${JSON.stringify(result)}\n` : toSentence(result))
    return result.deadLettered > 0 ? EXIT.unknown : EXIT.ok
  },
})

function toSentence({
  host,
  closed,
  fetched,
  deadLettered,
}: {
  readonly host: string
  readonly closed: number
  readonly fetched: number
  readonly deadLettered: number
}): string {
  if (closed === 0) return `no gap of ${host} is open\n`
  const letters =
    deadLettered > 0 ? `; ${formatNumber(deadLettered)} could not be fetched and are dead letters` : ''
  return `${closed} ${closed === 1 ? 'gap' : 'gaps'} of ${host} closed, ${formatNumber(fetched)} repos fetched again${letters}\n`
}
