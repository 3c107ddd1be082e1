import { defineCheck, type Finding } from '../check.ts'
import { configSet } from '../config-set.ts'

export default defineCheck({
  id: 'rdb-save-coupling',
  title: 'A failed snapshot cannot stop the ingest',
  why: 'With save points and stop-writes-on-bgsave-error, one failed snapshot makes Redis refuse every XADD (MISCONF) until another succeeds. Beside an append-only file, snapshots add no safety and a second fork of the whole memory.',
  remedy: configSet('save', ''),
  runbook: 'redis-writes-rejected',
  needs: ['settings', 'server'],
  limits: {},

  judge({ settings, server }) {
    const save = settings.text('save')
    const stops = settings.text('stop-writes-on-bgsave-error') === 'yes'
    const last = server.text('rdb_last_bgsave_status')
    const about = {
      subject: 'save',
      expected: 'no save points',
      evidence: [
        ...settings.quotes('save', 'stop-writes-on-bgsave-error'),
        ...server.quotes('rdb_last_bgsave_status'),
      ],
    }
    const found = (verdict: Finding['verdict'], observed: string, remedy?: string): Finding[] => [
      { ...about, verdict, observed, ...(remedy ? { remedy } : {}) },
    ]
    if (save === '') return found('pass', 'no save points')
    if (stops && last !== 'ok') {
      return found(
        'fail',
        `"${save}"; the last snapshot ended with ${last}, and Redis refuses every write because of it`,
        `redis-cli CONFIG SET stop-writes-on-bgsave-error no; then ${configSet('save', '')}`,
      )
    }
    return found(
      'warn',
      `"${save}"; ${stops ? 'a failed snapshot would stop every write' : 'each one forks the whole memory'}`,
    )
  },
})
