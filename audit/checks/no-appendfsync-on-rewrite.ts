import { defineCheck } from '../check.ts'
import { configSet } from '../config-set.ts'
import { eventsWithin, summariseTraffic } from '../traffic.ts'

/** What Linux may keep in its page cache before it writes it back, in seconds. */
const WRITE_BACK_SECONDS = 30

export default defineCheck({
  id: 'no-appendfsync-on-rewrite',
  title: 'The disk is kept up to date during a rewrite too',
  why: 'With yes, Redis does not fsync for as long as a rewrite lasts: a power loss then takes back up to 30 s of acknowledged events instead of 2 s.',
  remedy: configSet('no-appendfsync-on-rewrite', 'no'),
  needs: ['settings', 'server'],
  wants: ['streams'],
  limits: {},

  judge({ settings, server, streams }) {
    if (settings.text('appendonly') !== 'yes') return []
    const off = settings.text('no-appendfsync-on-rewrite') === 'yes'
    const atRisk = eventsWithin(summariseTraffic(streams), WRITE_BACK_SECONDS)
    return [
      {
        subject: 'no-appendfsync-on-rewrite',
        verdict: off ? 'warn' : 'pass',
        observed: off ? `yes; a power loss during a rewrite takes back ${atRisk}` : 'no',
        expected: 'no',
        evidence: [
          ...settings.quotes('no-appendfsync-on-rewrite'),
          ...server.quotes('aof_last_rewrite_time_sec', 'aof_rewrite_in_progress'),
        ],
      },
    ]
  },
})
