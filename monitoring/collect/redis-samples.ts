import { type Sample, sample } from './sample.ts'

/** The first words of the error replies by which Redis refuses a write. */
const REFUSALS = ['OOM', 'MISCONF', 'READONLY', 'NOREPLICAS'] as const

/** What INFO says about the server. A field that this version or service does not tell has no sample. */
export function redisSamples(info: ReadonlyMap<string, string>): Sample[] {
  const number = (field: string): number | null => {
    const text = info.get(field)
    return text === undefined ? null : Number(text)
  }
  const is = (field: string, test: (text: string) => boolean): boolean | null => {
    const text = info.get(field)
    return text === undefined ? null : test(text)
  }
  return [
    ...sample('redis_up', {}, 1),
    ...sample('standpipe_redis_memory_used_bytes', {}, number('used_memory')),
    ...sample('standpipe_redis_memory_max_bytes', {}, number('maxmemory')),
    ...sample(
      'standpipe_redis_evicting_policy',
      {},
      is('maxmemory_policy', (policy) => policy.startsWith('allkeys-')),
    ),
    ...sample('standpipe_redis_evicted_keys_total', {}, number('evicted_keys')),
    ...sample('standpipe_redis_aof_enabled', {}, number('aof_enabled')),
    ...sample(
      'standpipe_redis_aof_write_ok',
      {},
      is('aof_last_write_status', (status) => status === 'ok'),
    ),
    ...sample(
      'standpipe_redis_aof_rewrite_ok',
      {},
      is('aof_last_bgrewrite_status', (status) => status === 'ok'),
    ),
    ...sample('standpipe_redis_aof_delayed_fsync_total', {}, number('aof_delayed_fsync')),
    ...REFUSALS.flatMap((cause) =>
      sample('standpipe_redis_rejected_writes_total', { cause }, refusalsOf(cause, info)),
    ),
  ]
}

/** `errorstat_OOM:count=3`; Redis writes no line for an error that it never gave. `null` before 6.2. */
function refusalsOf(cause: string, info: ReadonlyMap<string, string>): number | null {
  if (!info.has('total_error_replies')) return null
  return Number(/count=(\d+)/.exec(info.get(`errorstat_${cause}`) ?? 'count=0')?.[1])
}
