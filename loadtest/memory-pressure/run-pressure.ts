import type { CommandContext } from '#kernel/cli/command.ts'
import { formatMeasure } from '#kernel/format/format-measure.ts'
import { requireRoom } from '../capacity/require-room.ts'
import type { LoadOptions } from '../numbered/load-options.ts'
import { ownRedisVersion } from '../numbered/own-redis-version.ts'
import { type Answers, runSections } from '../numbered/run-sections.ts'
import type { PressureOptions } from './pressure-options.ts'
import { pressureSteps } from './pressure-steps.ts'

const NOT_COVERED = [
  'Your Redis: it is never filled; every server was started for this run, with AOF everysec.',
  'The ingester: it stops before the limit and leaves a reserve (--memory-reserve); here the limit itself is met.',
  'Memory that Redis does not count: fork of a rewrite, replicas and their buffers, the page cache.',
  'Swap and the out-of-memory killer of the host, which end a Redis whose maxmemory is set too high.',
]

/** Fills servers of our own past their limit; nobody else's is touched. */
export async function runPressure(
  { limit, json }: PressureOptions & LoadOptions,
  { stderr, signal }: CommandContext,
): Promise<Answers> {
  await requireRoom({ bytes: 2 * limit, redisUrl: undefined, advice: 'ask for a smaller --limit' })
  return await runSections(
    {
      subject: 'a buffer at its maxmemory',
      environment: {
        redis: `${await ownRedisVersion()}, private, AOF everysec`,
        maxmemory: formatMeasure(limit, 'bytes'),
      },
      steps: pressureSteps(limit),
      caveats: NOT_COVERED,
    },
    { stderr, signal, quiet: json },
  )
}
