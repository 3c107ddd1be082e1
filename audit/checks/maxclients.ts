import { judgeCeiling } from '#kernel/verdict/ceiling.ts'
import { defineCheck } from '../check.ts'
import { configSet } from '../config-set.ts'

/** Files that Redis keeps for itself; it lowers maxclients at its start to what `ulimit -n` leaves. */
const OWN_FILES = 32

export default defineCheck({
  id: 'maxclients',
  title: 'There are connections left for consumers that come back',
  why: 'At maxclients Redis refuses every new connection: after a network cut, consumers that reconnect find the door shut while their old connections linger, and nothing is consumed.',
  remedy: configSet('maxclients', '10000'),
  needs: ['settings', 'server'],
  limits: { warnAt: 0.8, failAt: 0.95, leastClients: 1_000 },

  judge({ settings, server }, { limits }) {
    const most = settings.number('maxclients')
    const connected = server.number('connected_clients')
    const rejected = server.has('rejected_connections') ? server.number('rejected_connections') : 0
    const evidence = [
      ...settings.quotes('maxclients'),
      ...server.quotes('connected_clients', 'rejected_connections'),
    ]
    const lowered = Number.isInteger(Math.log2(most + OWN_FILES))
    const openFiles = `, as an open-files limit of ${most + OWN_FILES} leaves`
    return [
      {
        subject: 'connections in use',
        verdict: judgeCeiling(connected / most, limits),
        observed: `${connected} of ${most}${rejected > 0 ? `; ${rejected} were refused since the start` : ''}`,
        expected: `under ${limits.warnAt * 100} % of maxclients`,
        evidence,
      },
      {
        subject: 'maxclients',
        verdict: most < limits.leastClients ? 'warn' : 'pass',
        observed: `${most}${lowered ? openFiles : ''}`,
        expected: `at least ${limits.leastClients}`,
        evidence,
        ...(lowered
          ? { remedy: 'systemctl edit redis-server: [Service] LimitNOFILE=65535; then restart Redis' }
          : {}),
      },
    ]
  },
})
