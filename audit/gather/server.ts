import { parseInfo } from '#kernel/redis/parse-info.ts'
import { toFields } from '../fields.ts'
import type { Gatherer } from './source.ts'

/** `INFO everything`: one round trip, O(1). */
export const gatherServer: Gatherer<'server'> = async ({ redis }) => {
  const info = parseInfo(await redis.info('everything'))
  const fields = new Map([...info].map(([name, value]) => [name, { command: 'INFO everything', value }]))
  return toFields(fields, (name) => `this server's INFO has no field ${name}`)
}
