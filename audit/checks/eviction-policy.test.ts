import { expect, test } from 'vitest'
import { aServer, aStream, someSettings } from '#test/support/evidence.ts'
import { findingsOf, verdictOf } from '#test/support/verdicts.ts'
import { met27 } from '../profiles/met-27.ts'
import evictionPolicy from './eviction-policy.ts'

const under = (policy: string) => ({ settings: someSettings({ 'maxmemory-policy': policy }) })

test.each([
  { policy: 'noeviction', verdict: 'pass' },
  { policy: 'allkeys-lru', verdict: 'fail' },
  { policy: 'allkeys-lfu', verdict: 'fail' },
  { policy: 'allkeys-random', verdict: 'fail' },
  { policy: 'allkeys-lrm', verdict: 'fail' },
  { policy: 'volatile-lru', verdict: 'pass' },
  { policy: 'newfangled', verdict: 'unknown' },
])('$policy is judged $verdict for a buffer', ({ policy, verdict }) => {
  expect(verdictOf(evictionPolicy, under(policy))).toBe(verdict)
})

test('the failure says what one eviction costs, in entries', () => {
  const [finding] = findingsOf(evictionPolicy, under('allkeys-lru'))
  expect(finding?.observed).toBe('allkeys-lru; one eviction deletes the whole stream: 1,000 entries')
  expect(finding?.why).toContain('one eviction deletes the whole stream')
  expect(finding?.remedy).toContain('CONFIG SET maxmemory-policy noeviction')
  expect(finding?.evidence).toContainEqual({
    command: 'CONFIG GET maxmemory-policy',
    value: 'maxmemory-policy=allkeys-lru',
  })
})

test.each([
  { what: 'a stream that can expire', streams: [aStream({ expiresInMs: 60_000 })], verdict: 'fail' },
  { what: 'streams nobody could read', streams: null, verdict: 'unknown' },
])('a volatile policy beside $what is judged $verdict', ({ streams, verdict }) => {
  const [finding] = streams
    ? findingsOf(evictionPolicy, { ...under('volatile-ttl'), streams })
    : evictionPolicy.judge(
        { ...under('volatile-ttl'), server: aServer(), streams },
        { now: new Date(0), limits: evictionPolicy.limits, profile: 'buffer' },
      )
  expect(finding?.verdict).toBe(verdict)
})

test('a volatile policy beside other keys that can expire is a warning', () => {
  const server = aServer({ db0: 'keys=3,expires=2,avg_ttl=0' })
  expect(verdictOf(evictionPolicy, { ...under('volatile-lru'), server })).toBe('warn')
})

test('keys evicted earlier are told even under noeviction', () => {
  const [finding] = findingsOf(evictionPolicy, { server: aServer({ evicted_keys: '1' }) })
  expect(finding).toMatchObject({ verdict: 'warn' })
  expect(finding?.observed).toContain('1 keys were evicted')
})

test('met-27 gets what it asked for, with a warning that names the loss', () => {
  const [finding] = findingsOf(evictionPolicy, under('allkeys-lru'), met27)
  expect(finding).toMatchObject({ verdict: 'warn' })
  expect(finding?.observed).toContain('1,000 entries')
  expect(finding?.why).toContain('it loses data')
})

test('met-27 is not met by noeviction, and the remedy is not to evict', () => {
  const [finding] = findingsOf(evictionPolicy, under('noeviction'), met27)
  expect(finding).toMatchObject({ verdict: 'fail', remedy: 'standpipe audit --profile buffer' })
})
