import { defineCheck } from '../check.ts'
import { configSet } from '../config-set.ts'

/** https://redis.io/docs/latest/operate/oss_and_stack/management/optimization/latency-monitor/ */
export default defineCheck({
  id: 'latency-monitor',
  title: 'Redis keeps what held it up',
  why: 'A fork, a slow disk or one long command stops every append and every read for as long as it lasts. With the threshold at its default of 0 nothing is kept, and LATENCY DOCTOR is blind when somebody asks why events came seconds late.',
  remedy: configSet('latency-monitor-threshold', '100'),
  needs: ['settings'],
  limits: { mostMs: 1_000 },

  judge({ settings }, { limits }) {
    const threshold = settings.number('latency-monitor-threshold')
    return [
      {
        subject: 'latency-monitor-threshold',
        verdict: threshold > 0 && threshold <= limits.mostMs ? 'pass' : 'warn',
        observed: threshold === 0 ? 'off' : `${threshold} ms`,
        expected: `1 to ${limits.mostMs} ms`,
        evidence: settings.quotes('latency-monitor-threshold'),
      },
    ]
  },
})
