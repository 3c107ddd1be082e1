import type { CommandContext } from '#kernel/cli/command.ts'
import { formatMeasure } from '#kernel/format/format-measure.ts'
import { borrowRedis } from '#kernel/redis/borrow-redis.ts'
import type { LoadOptions } from '#loadtest/numbered/load-options.ts'
import { openTarget } from '#loadtest/numbered/open-target.ts'
import { type Answers, runSections } from '#loadtest/numbered/run-sections.ts'
import type { TargetOptions } from '#loadtest/numbered/target-options.ts'
import type { CapacityChosen } from './capacity-plan.ts'
import { type CapacitySite, capacityKeys, capacitySteps } from './capacity-steps.ts'
import { readSize } from './read-size.ts'
import { ENTRY_BYTES, requireRoom } from './require-room.ts'

const NOT_COVERED = [
  'Rates: entries are appended as fast as Redis takes them; standpipe load run says what holds at your rate.',
  'Fragmentation: nothing was trimmed, so the memory of a stream that lives for weeks is not this one.',
  'Your events: sizes and kinds are those of the synthetic network; standpipe health tells the real size of an entry.',
  'Replicas: their buffers count against maxmemory too, and there were none.',
]

/** Appends, reads back, delivers, acknowledges and removes; a Redis that is not ours is asked for room first. */
export async function runCapacity(
  asked: CapacityChosen,
  options: TargetOptions & LoadOptions,
  { stderr, signal }: CommandContext,
): Promise<Answers> {
  const { 'redis-url': foreign } = options
  const need = { bytes: asked.events * ENTRY_BYTES, redisUrl: foreign, advice: 'ask for fewer --events' }
  if (foreign === undefined) await requireRoom(need)
  await using target = await openTarget(options)
  if (foreign !== undefined) await requireRoom(need)
  const chosen = foreign === undefined ? asked : await withOwnLimit(asked, foreign)
  await using site = openSite(target.redisUrl, chosen)
  return await runSections(
    {
      subject: `the capacity of ${target.owned ? 'a Redis of our own' : 'your Redis'}`,
      environment: {
        redis: target.description,
        'maxmemory told for': formatMeasure(chosen.maxmemoryBytes, 'bytes'),
        events: String(chosen.events),
        groups: String(chosen.groups.length),
        'own rate': chosen.ownRate === null ? 'not said' : `${chosen.ownRate} events/s`,
      },
      steps: capacitySteps(chosen, site),
      caveats: [
        ...NOT_COVERED,
        ...(target.owned ? [] : ['Others on this Redis: what they wrote meanwhile is in these bytes.']),
      ],
    },
    { stderr, signal, quiet: options.json },
  )
}

/** The hours of a Redis that has a maxmemory are told for that one. */
async function withOwnLimit(asked: CapacityChosen, redisUrl: string): Promise<CapacityChosen> {
  const how = { name: 'standpipe-load-capacity', advice: 'nothing was loaded' }
  const { maxmemoryBytes } = await borrowRedis(redisUrl, how, readSize)
  return maxmemoryBytes > 0 ? { ...asked, maxmemoryBytes } : asked
}

/** Whatever becomes of the run, its keys are gone once the site is disposed of. */
function openSite(redisUrl: string, chosen: CapacityChosen): CapacitySite & AsyncDisposable {
  const stream = `standpipe:load:capacity:${process.pid}`
  const keys = capacityKeys(stream, chosen)
  const advice = `look why, and remove what may be left: UNLINK ${keys[0]}`
  const lend: CapacitySite['lend'] = (work) =>
    borrowRedis(redisUrl, { name: 'standpipe-load-capacity', advice }, work)
  return {
    stream,
    keys,
    lend,
    async [Symbol.asyncDispose]() {
      // A server that died took the keys with it, or keeps them: its own error has told what to remove.
      await lend((redis) => redis.unlink(...keys)).catch(() => {})
    },
  }
}
