import { defineCheck } from '../check.ts'
import { configSet } from '../config-set.ts'
import { sameSetting } from '../same-setting.ts'

export default defineCheck({
  id: 'declared-settings',
  title: 'The server runs as the manifest declares',
  why: 'A setting that was agreed on and differs on one server shows only when that server fails: as the events that its neighbour would have kept.',
  remedy: 'redis-cli CONFIG SET <name> <value> && redis-cli CONFIG REWRITE, or change standpipe.yaml',
  needs: ['settings', 'manifest'],
  limits: {},

  judge: ({ settings, manifest }) =>
    Object.entries(manifest?.settings ?? {}).map(([name, declared]) => {
      const runs = settings.text(name)
      const same = sameSetting(name, runs, declared)
      return {
        subject: name,
        verdict: same ? 'pass' : 'fail',
        observed: `"${runs}"`,
        expected: `"${declared}", as the manifest says`,
        evidence: settings.quotes(name),
        remedy: configSet(name, declared),
      }
    }),
})
