import { defineCheck, type Finding } from '../check.ts'
import type { Fields } from '../fields.ts'

export default defineCheck({
  id: 'dangerous-commands',
  title: 'No program that is connected may delete or stop the buffer',
  why: 'One FLUSHALL from a program with the wrong address deletes every entry, every group and the cursor; KEYS on a large keyspace stops every append for seconds. Programs of a pipeline need neither.',
  remedy:
    'give each program a user of its own: redis-cli ACL SETUSER <user> on ">…" "~*" +@stream +@scripting +@connection +get +set +info -@dangerous',
  needs: ['access', 'settings'],
  since: '7.0.0',
  limits: {},

  judge({ access, settings }) {
    const users = access.users.map(
      ({ user, may }): Finding => ({
        subject: `user ${user}`,
        verdict: may === null ? 'unknown' : may.length > 0 ? 'warn' : 'pass',
        observed:
          may === null
            ? 'this server has no ACL DRYRUN, which came with Redis 7.0'
            : may.length > 0
              ? `may run ${may.join(', ')}`
              : 'may run none of them',
        expected: 'no FLUSHALL, SHUTDOWN, KEYS',
        evidence: access.quotes.filter(({ command }) => command === `ACL DRYRUN ${user} …`),
      }),
    )
    return [...users, ...judgeDebug(settings)]
  },
})

/** Nothing where the server has no such setting: before Redis 7.0 DEBUG is governed by the ACL alone. */
function judgeDebug(settings: Fields): Finding[] {
  const name = 'enable-debug-command'
  if (!settings.has(name)) return []
  const debug = settings.text(name)
  return [
    {
      subject: name,
      verdict: debug === 'yes' ? 'warn' : 'pass',
      observed: debug,
      expected: 'no, or local',
      evidence: settings.quotes(name),
      remedy: 'enable-debug-command no in redis.conf; then systemctl restart redis-server',
    },
  ]
}
