import { formatMeasure } from '#kernel/format/format-measure.ts'
import { defineCheck } from '../check.ts'
import { configSet } from '../config-set.ts'

export default defineCheck({
  id: 'aof-corrupt-tail',
  title: 'Redis does not throw away a damaged end of its file by itself',
  why: 'From 8.4 on Redis can cut off as much of a damaged end as this setting allows and start as if nothing were: at 600 bytes an event, 1 MB is 1,700 events that were acknowledged, and only the log says so.',
  remedy: configSet('aof-load-corrupt-tail-max-size', '0'),
  needs: ['settings'],
  since: '8.4.0',
  limits: {},

  judge({ settings }) {
    const name = 'aof-load-corrupt-tail-max-size'
    if (settings.text('appendonly') !== 'yes' || !settings.has(name)) return []
    const bytes = settings.number(name)
    return [
      {
        subject: name,
        verdict: bytes > 0 ? 'warn' : 'pass',
        observed: bytes > 0 ? `up to ${formatMeasure(bytes, 'bytes')} are thrown away at a start` : 'nothing',
        expected: '0',
        evidence: settings.quotes(name),
      },
    ]
  },
})
