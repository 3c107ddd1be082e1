import { defineCheck, type Finding } from '../check.ts'
import { configSet } from '../config-set.ts'
import { eventsWithin, summariseTraffic } from '../traffic.ts'

/** What Linux may keep in its page cache before it writes it back, in seconds. */
const WRITE_BACK_SECONDS = 30
/** An everysec write waits this long for a fsync that is under way, and is answered meanwhile, in seconds. */
const POSTPONED_SECONDS = 2

export default defineCheck({
  id: 'append-fsync',
  title: 'What was acknowledged is on the disk within a second or two',
  why: 'A power loss takes back what was acknowledged and not yet on the disk: under everysec up to 2 s of events, under no up to 30 s. The cursor goes back with them, so a relay that still has them replays them.',
  remedy: configSet('appendfsync', 'everysec'),
  needs: ['settings', 'server'],
  wants: ['streams'],
  limits: { askedPolicy: 'everysec or always', mostDelayed: 100 },

  judge({ settings, server, streams }, { limits }) {
    if (settings.text('appendonly') !== 'yes') return []
    const policy = settings.text('appendfsync')
    const delayed = server.has('aof_delayed_fsync') ? server.number('aof_delayed_fsync') : 0
    const traffic = summariseTraffic(streams)
    const about = {
      subject: 'appendfsync',
      expected: limits.askedPolicy,
      evidence: [...settings.quotes('appendfsync'), ...server.quotes('aof_delayed_fsync')],
    }
    const found = (verdict: Finding['verdict'], says: string, more: Partial<Finding> = {}): Finding[] => [
      { ...about, verdict, observed: `${policy}; ${says}`, ...more },
    ]

    if (!limits.askedPolicy.split(' or ').includes(policy)) {
      const seconds = policy === 'no' ? WRITE_BACK_SECONDS : POSTPONED_SECONDS
      return found(
        policy === 'always' ? 'warn' : 'fail',
        `a power loss takes back ${eventsWithin(traffic, seconds)}`,
      )
    }
    if (policy === 'always') return found('pass', 'a power loss takes nothing back that was acknowledged')
    const atRisk = eventsWithin(traffic, delayed > 0 ? POSTPONED_SECONDS : 1)
    if (delayed < limits.mostDelayed) return found('pass', `a power loss takes back ${atRisk}`)
    return found('warn', `the disk was too slow ${delayed} times; a power loss takes back ${atRisk}`, {
      expected: `fewer than ${limits.mostDelayed} delayed fsyncs since the start`,
      remedy:
        'move the append-only file to a disk of its own, or a faster one; then CONFIG RESETSTAT to count anew',
    })
  },
})
