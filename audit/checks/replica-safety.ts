import { defineCheck, type Finding } from '../check.ts'
import { configSet } from '../config-set.ts'

/** https://redis.io/docs/latest/operate/oss_and_stack/management/replication/#safety-of-replication-when-master-has-persistence-turned-off */
export default defineCheck({
  id: 'replica-safety',
  title: 'A fail-over takes back no more than was decided',
  why: 'Replication is asynchronous: what the old primary acknowledged and had not sent is gone after a fail-over, and nobody decided how much that may be. A primary without persistence that restarts is empty, and its replicas copy that emptiness.',
  remedy: `${configSet('min-replicas-to-write', '1')}; ${configSet('min-replicas-max-lag', '10')}`,
  needs: ['settings', 'server'],
  limits: {},

  judge({ settings, server }) {
    if (server.number('connected_slaves') === 0) return []
    const least = settings.number('min-replicas-to-write')
    const maxLag = settings.number('min-replicas-max-lag')
    const persists = settings.text('appendonly') === 'yes' || settings.text('save') !== ''
    const evidence = [
      ...settings.quotes('min-replicas-to-write', 'min-replicas-max-lag', 'appendonly', 'save'),
      ...server.quotes('connected_slaves'),
    ]
    const empties: Finding = {
      subject: 'persistence of the primary',
      verdict: persists ? 'pass' : 'fail',
      observed: persists ? 'on' : 'off: a restart empties the replicas as well',
      expected: 'on',
      evidence,
      remedy: configSet('appendonly', 'yes'),
    }
    return [
      {
        subject: 'min-replicas-to-write',
        verdict: least > 0 && maxLag > 0 ? 'pass' : 'warn',
        observed: least > 0 ? `${least}, within ${maxLag} s` : 'not set: the primary writes on alone',
        expected: 'at least 1, within some seconds',
        evidence,
      },
      empties,
    ]
  },
})
