import { formatMeasure } from '#kernel/format/format-measure.ts'
import { defineCheck } from '../check.ts'
import { configSet } from '../config-set.ts'

/** https://redis.io/docs/latest/develop/reference/clients/#output-buffer-limits */
export default defineCheck({
  id: 'client-output-buffer',
  title: 'A client that asks for much and reads slowly cannot take the memory',
  why: 'A reply waits in the memory of the server until the client has read it. One XREAD without COUNT by a client that hangs holds the whole stream a second time, and XADD is refused once maxmemory is reached.',
  remedy: configSet('maxmemory-clients', '10%'),
  needs: ['settings'],
  limits: {},

  judge({ settings }) {
    const hard = hardLimitOf(settings.text('client-output-buffer-limit'), 'normal')
    const together = settings.has('maxmemory-clients') ? settings.text('maxmemory-clients') : '0'
    const bounded = hard > 0 || !/^0%?$/.test(together)
    const each = hard > 0 ? formatMeasure(hard, 'bytes') : 'no limit'
    return [
      {
        subject: 'normal clients',
        verdict: bounded ? 'pass' : 'warn',
        observed: `${each} for one client; maxmemory-clients ${together === '0' ? 'not set' : together}`,
        expected: 'a hard limit for one client, or maxmemory-clients for all (Redis 7.0)',
        evidence: settings.quotes('client-output-buffer-limit', 'maxmemory-clients'),
        ...(settings.has('maxmemory-clients')
          ? {}
          : { remedy: configSet('client-output-buffer-limit', 'normal 256mb 64mb 60') }),
      },
    ]
  },
})

/** `normal 0 0 0 replica 256mb 64mb 60 …`: class, hard limit, soft limit, seconds, in bytes; 0 is none. */
function hardLimitOf(setting: string, client: string): number {
  const words = setting.split(' ')
  const at = words.indexOf(client)
  if (at < 0) throw new TypeError(`client-output-buffer-limit does not name ${client}: "${setting}"`)
  return Number(words[at + 1])
}
