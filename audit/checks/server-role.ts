import { defineCheck, type Finding } from '../check.ts'

export default defineCheck({
  id: 'server-role',
  title: 'This is the primary that holds the buffer',
  why: 'A replica is behind its primary, and before Redis 7.4 does not know what groups have read: lag and loss told from it are wrong, and what is written to it is refused. A Sentinel holds no streams at all: an audit of it says nothing about any event.',
  remedy:
    'audit the primary; a Sentinel leads to it: standpipe audit --redis-url sentinel://<host>:26379/<name>',
  needs: ['server'],
  limits: {},

  judge({ server }) {
    // Valkey calls it by another name, unless it is told to be compatible.
    const field = server.has('redis_mode') ? 'redis_mode' : 'server_mode'
    const mode = server.has(field) ? server.text(field) : 'standalone'
    const role = server.has('role') ? server.text('role') : 'unknown'
    const judged: Record<string, Pick<Finding, 'verdict' | 'observed'>> = {
      master: { verdict: 'pass', observed: `a primary, ${mode}` },
      slave: { verdict: 'warn', observed: `a replica, ${mode}` },
      sentinel: { verdict: 'fail', observed: 'a Sentinel, not a server with data' },
    }
    const found = judged[mode === 'sentinel' ? mode : role]
    return [
      {
        subject: 'server',
        ...(found ?? { verdict: 'unknown', observed: `role ${role}` }),
        expected: 'a primary',
        evidence: server.quotes(field, 'role'),
      },
    ]
  },
})
