import { formatMeasure } from '#kernel/format/format-measure.ts'
import { defineCheck, type Finding } from '../check.ts'
import { configSet } from '../config-set.ts'
import { eventsWithin, summariseTraffic } from '../traffic.ts'

export default defineCheck({
  id: 'aof-rewrite',
  title: 'The append-only file is rewritten, and not all the time',
  why: 'A buffer that is trimmed is small after every rewrite, so a low auto-aof-rewrite-min-size makes Redis fork every minute or so (64 MB: 174 times in one measured run), with latency and copied memory each time. A file that is never rewritten fills the disk, and then every XADD is refused.',
  remedy: configSet('auto-aof-rewrite-min-size', '1gb'),
  runbook: 'redis-aof-write-failing',
  needs: ['settings', 'server'],
  wants: ['streams'],
  limits: {
    leastMinSizeBytes: 1024 ** 3,
    /** What one event adds to the file with one group reading it: XADD, delivery, acknowledgement. */
    fileBytesPerEvent: 800,
  },

  judge({ settings, server, streams }, { limits }) {
    if (settings.text('appendonly') !== 'yes') return []
    const last = server.text('aof_last_bgrewrite_status')
    const lastRewrite: Finding = {
      subject: 'last rewrite',
      verdict: last === 'ok' ? 'pass' : 'fail',
      observed: last === 'ok' ? 'succeeded, or none was needed yet' : `ended with ${last}`,
      expected: 'succeeded',
      evidence: server.quotes(
        'aof_last_bgrewrite_status',
        'aof_last_rewrite_time_sec',
        'aof_rewrite_in_progress',
      ),
      remedy: 'redis-cli BGREWRITEAOF; look in the server log for the reason: disk space, memory to fork',
    }
    const percentage = settings.number('auto-aof-rewrite-percentage')
    const minSize = settings.number('auto-aof-rewrite-min-size')
    const about = {
      subject: 'auto-aof-rewrite-min-size',
      expected: `at least ${formatMeasure(limits.leastMinSizeBytes, 'bytes')}, with rewriting on`,
      evidence: settings.quotes('auto-aof-rewrite-min-size', 'auto-aof-rewrite-percentage'),
    }
    if (percentage === 0) {
      return [
        lastRewrite,
        {
          ...about,
          verdict: 'fail',
          observed: 'rewriting is off: the file grows until the disk is full',
          remedy: configSet('auto-aof-rewrite-percentage', '100'),
        },
      ]
    }
    const traffic = summariseTraffic(streams)
    const every = minSize / limits.fileBytesPerEvent / traffic.eventsPerSecond
    return [
      lastRewrite,
      {
        ...about,
        verdict: minSize < limits.leastMinSizeBytes ? 'warn' : 'pass',
        observed: `${formatMeasure(minSize, 'bytes')}: a fork every ${formatMeasure(every, 's')} at the most, that is every ${eventsWithin(traffic, every).replace('about ', '')}`,
      },
    ]
  },
})
