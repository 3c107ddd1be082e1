import { defineCheck, type Finding } from '../check.ts'
import { configSet } from '../config-set.ts'
import type { Fields } from '../fields.ts'

const LOOPBACK = /^-?(127\.|::1$|localhost$)/

export default defineCheck({
  id: 'network-exposure',
  title: 'Nobody reaches the buffer without a password',
  why: 'Whoever reaches a Redis without a password can delete the buffer with one command, or read every event in it. Such servers are found by scanners within hours.',
  remedy: `set a password: redis-cli ACL SETUSER default on ">$(openssl rand -hex 24)"; meanwhile ${configSet('protected-mode', 'yes')}`,
  needs: ['settings', 'access'],
  limits: {},

  judge({ settings, access }) {
    const addresses = listensOn(settings)
    const beyond = addresses.filter((one) => !LOOPBACK.test(one))
    const guarded = settings.text('protected-mode') === 'yes'
    const [verdict, observed] = judgeAddresses(beyond.length > 0, access.anonymous, guarded)
    return [
      {
        subject: addresses.length > 0 ? `bind ${addresses.join(' ')}` : 'no network',
        verdict,
        observed,
        expected: 'a password, or this host only',
        evidence: [
          ...settings.quotes('port', 'tls-port', 'bind', 'protected-mode'),
          ...access.quotes.slice(0, 1),
        ],
      },
    ]
  },
})

/** The addresses that it listens on; none where it has no port, and `*` where no address is named. */
function listensOn(settings: Fields): string[] {
  const tls = settings.has('tls-port') ? settings.number('tls-port') : 0
  if (settings.number('port') === 0 && tls === 0) return []
  return settings
    .text('bind')
    .trim()
    .split(/\s+/)
    .map((one) => one || '*')
}

function judgeAddresses(
  beyond: boolean,
  anonymous: boolean,
  guarded: boolean,
): readonly [verdict: Finding['verdict'], observed: string] {
  if (!beyond) return ['pass', 'reached from this host only']
  if (!anonymous) return ['pass', 'the default user needs a password, or is off']
  return guarded
    ? ['pass', 'the default user needs no password; protected mode refuses whoever comes from elsewhere']
    : ['fail', 'anybody who reaches it is the default user, without a password']
}
