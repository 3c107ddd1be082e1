import { parseInfo } from '#kernel/redis/parse-info.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import type { Injury } from '../injury.ts'

/** Killed while the append-only file is written anew and entries arrive: both files count. */
export default {
  id: 'rewrite-under-load',
  title: 'What comes back after a kill -9 in the middle of a rewrite?',
  mayLose: false,
  mustRefuse: false,
  signal: 'SIGKILL',
  // Microseconds per key: a rewrite of a small file would be over before anybody could kill it.
  config: { 'rdb-key-save-delay': '500000' },
  async before(redis) {
    await redis.bgrewriteaof()
    const isRewriting = async () =>
      parseInfo(await redis.info('persistence')).get('aof_rewrite_in_progress') === '1'
    await until(isRewriting, { within: seconds(10), what: 'rewrite of the append-only file' })
    return { bit: true, detail: 'a rewrite of the append-only file was in progress' }
  },
} satisfies Injury
