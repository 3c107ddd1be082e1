import { defineCheck } from '../check.ts'
import { configSet } from '../config-set.ts'

/** https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/#working-with-timestamps */
export default defineCheck({
  id: 'aof-timestamps',
  title: 'The append-only file says when each part of it was written',
  why: 'With timestamps the file can be cut back to a second of choice: to undo a FLUSHALL, or to rehearse what a power loss takes back, in events. Without them there is only the whole file or nothing.',
  remedy: configSet('aof-timestamp-enabled', 'yes'),
  needs: ['settings'],
  since: '7.0.0',
  limits: {},

  judge({ settings }) {
    if (settings.text('appendonly') !== 'yes' || !settings.has('aof-timestamp-enabled')) return []
    const on = settings.text('aof-timestamp-enabled') === 'yes'
    return [
      {
        subject: 'aof-timestamp-enabled',
        verdict: on ? 'pass' : 'warn',
        observed: on ? 'yes' : 'no; the file cannot be cut back to a moment',
        expected: 'yes',
        evidence: settings.quotes('aof-timestamp-enabled'),
      },
    ]
  },
})
