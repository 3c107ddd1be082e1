import { defineCheck } from '../check.ts'
import { configSet } from '../config-set.ts'
import { entriesAtStake, summariseTraffic } from '../traffic.ts'

/** https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/ */
export default defineCheck({
  id: 'append-only-file',
  title: 'Every write goes to an append-only file',
  why: 'Without it a crash or a restart brings back the last snapshot or nothing: all entries since then, their groups and the cursor are gone at once.',
  remedy: configSet('appendonly', 'yes'),
  runbook: 'redis-aof-write-failing',
  needs: ['settings', 'server'],
  wants: ['streams'],
  limits: {},

  judge({ settings, server, streams }) {
    const about = {
      subject: 'appendonly',
      expected: 'yes, and its last write succeeded',
      evidence: [
        ...settings.quotes('appendonly'),
        ...server.quotes('aof_enabled', 'aof_last_write_status', 'rdb_last_save_time'),
      ],
    }
    if (settings.text('appendonly') !== 'yes') {
      const stake = entriesAtStake(summariseTraffic(streams))
      return [{ ...about, verdict: 'fail', observed: `no; a restart loses up to ${stake}` }]
    }
    const lastWrite = server.text('aof_last_write_status')
    if (lastWrite !== 'ok') {
      return [
        {
          ...about,
          verdict: 'fail',
          observed: `yes, but its last write ended with ${lastWrite}`,
          why: 'Redis refuses every write (MISCONF) until it can write to the file again; the relay keeps what is not taken for as long as its window lasts.',
          remedy:
            'df -h "$(redis-cli CONFIG GET dir | tail -1)"; free space there, Redis retries every second',
        },
      ]
    }
    return [{ ...about, verdict: 'pass', observed: 'yes; its last write succeeded' }]
  },
})
