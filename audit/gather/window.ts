import { systemClock } from '#kernel/time/clock.ts'
import { seconds } from '#kernel/time/duration.ts'
import type { Look } from '../evidence/look.ts'
import type { Evidence, EvidenceName } from '../evidence.ts'
import { gatherGroups } from './groups.ts'
import { gatherServer } from './server.ts'
import type { Gatherer, Source } from './source.ts'
import { gatherStreams } from './streams.ts'

/** Looks are this far apart, in a window that is long enough for it. */
const LOOK_EVERY = seconds(3)
const MOST_LOOKS = 20

/** Looks at server, streams and groups again and again, evenly through the window, both its ends included. */
export const gatherWindow: Gatherer<'window'> = async (source) => {
  const { watchFor, signal } = source
  if (watchFor === 0) return []
  const intervals = Math.min(MOST_LOOKS, Math.max(2, Math.round(watchFor / LOOK_EVERY)))
  const looks = [await look(source)]
  for (let left = intervals; left > 0; left--) {
    await systemClock.sleep(watchFor / intervals, signal)
    looks.push(await look(source))
  }
  return looks
}

/** Everything afresh: evidence that was gathered once would not move. */
async function look(source: Source): Promise<Look> {
  const atMs = systemClock.now()
  const server = await gatherServer(source)
  const streams = await gatherStreams(source)
  const groups = await gatherGroups({ ...source, read: reading({ streams }) })
  return { atMs, server, streams, groups }
}

function reading(evidence: Partial<Evidence>): Source['read'] {
  return async <Name extends EvidenceName>(name: Name) => {
    const value = evidence[name]
    if (value === undefined) throw new TypeError(`a look has no ${name}`)
    return value as Evidence[Name]
  }
}
