import { defineCheck, type Finding } from '../check.ts'
import { configSet } from '../config-set.ts'
import type { StreamEvidence } from '../evidence.ts'
import { nameSome } from '../name-some.ts'
import { entriesAtStake, summariseTraffic } from '../traffic.ts'

const WHOLE_STREAM =
  'a stream is one key, so one eviction deletes the whole stream, its groups, their pending entries, or the cursor'

type Judged = Pick<Finding, 'verdict' | 'observed'> & Partial<Finding>

/** https://redis.io/docs/latest/develop/reference/eviction/ */
export default defineCheck({
  id: 'eviction-policy',
  title: 'Redis never evicts the buffer to make room',
  why: `Under an evicting policy, ${WHOLE_STREAM}. Under noeviction XADD is refused instead, and the relay keeps what was not taken.`,
  remedy: configSet('maxmemory-policy', 'noeviction'),
  runbook: 'redis-eviction-policy-unsafe',
  needs: ['settings', 'server'],
  wants: ['streams'],
  limits: { askedPolicy: 'noeviction', mayEvict: false },

  judge({ settings, server, streams }, { limits: { askedPolicy, mayEvict }, profile }) {
    const policy = settings.text('maxmemory-policy')
    const subject = 'maxmemory-policy'
    const evidence = [...settings.quotes('maxmemory-policy'), ...server.quotes('evicted_keys')]
    const stake = entriesAtStake(summariseTraffic(streams))

    const judge = (): Judged => {
      if (mayEvict) return judgeCache(policy)
      if (askedPolicy !== 'noeviction') return judgeAsAsked(policy, askedPolicy, profile, stake)
      if (policy === 'noeviction') return judgeNoEviction(server.number('evicted_keys'))
      if (policy.startsWith('volatile-')) {
        return judgeVolatile(streams, server.has('db0') ? server.text('db0') : '')
      }
      return judgeEvicting(policy, stake)
    }
    const judged = judge()
    return [
      {
        subject,
        expected: mayEvict ? 'a policy that evicts' : askedPolicy,
        evidence,
        ...judged,
        observed: `${policy}; ${judged.observed}`,
      },
    ]
  },
})

/** What can be had again may go; a cache that refuses writes instead is of no use when it is full. */
function judgeCache(policy: string): Judged {
  return policy === 'noeviction'
    ? {
        verdict: 'warn',
        observed: 'a full cache refuses writes',
        remedy: configSet('maxmemory-policy', 'allkeys-lru'),
      }
    : { verdict: 'pass', observed: 'it makes room, as a cache should' }
}

function judgeAsAsked(policy: string, asked: string, profile: string, stake: string): Judged {
  if (policy === asked) {
    return {
      verdict: 'warn',
      observed: `as ${profile} asks, yet one eviction deletes the whole stream: ${stake}`,
      why: `This is what ${profile} asks for, and it loses data: ${WHOLE_STREAM}.`,
    }
  }
  return {
    verdict: 'fail',
    observed: `${profile} asks for ${asked}`,
    why: 'The requirement is not met as it was asked. Meeting it would let one eviction delete the whole buffer: change the requirement rather than the server.',
    remedy: 'standpipe audit --profile buffer',
  }
}

function judgeNoEviction(evicted: number): Judged {
  if (evicted === 0) return { verdict: 'pass', observed: 'nothing was evicted since the server started' }
  return {
    verdict: 'warn',
    observed: `yet ${evicted} keys were evicted since the server started, under another policy`,
    why: 'A stream, a group or a cursor may be among the evicted keys; what they held is gone.',
    remedy:
      'standpipe ledger says what is missing; replay the relay from before: standpipe cursor set <seq> --host <relay>',
  }
}

function judgeEvicting(policy: string, stake: string): Judged {
  return policy.startsWith('allkeys-')
    ? { verdict: 'fail', observed: `one eviction deletes the whole stream: ${stake}` }
    : { verdict: 'unknown', observed: 'not a policy that this audit knows' }
}

/** A volatile policy evicts only keys that can expire; without any it acts as noeviction. */
function judgeVolatile(streams: readonly StreamEvidence[] | null, keyspace: string): Judged {
  if (streams === null) {
    return {
      verdict: 'unknown',
      observed: 'it evicts keys that can expire, and the streams could not be read',
    }
  }
  const expiring = streams.filter(({ expiresInMs }) => expiresInMs !== null).map(({ stream }) => stream)
  if (expiring.length > 0) {
    return { verdict: 'fail', observed: `${nameSome(expiring)} can expire, so it can be evicted` }
  }
  return /expires=[1-9]/.test(keyspace)
    ? { verdict: 'warn', observed: 'the streams never expire, but other keys do, and are evicted first' }
    : { verdict: 'pass', observed: 'no key can expire, so nothing can be evicted' }
}
