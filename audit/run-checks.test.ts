import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { aHost, someAccess, someEvidence } from '#test/support/evidence.ts'
import { findingsOf, verdictOf } from '#test/support/verdicts.ts'
import type { Check } from './check.ts'
import { defineCheck } from './check.ts'
import { checks } from './checks/index.ts'
import type { Evidence, GatheredEvidence } from './evidence.ts'
import { findProfile, PROFILES } from './find-profile.ts'
import { isLive } from './is-live.ts'
import { MissingEvidence } from './missing-evidence.ts'
import { buffer } from './profiles/buffer.ts'
import { runChecks } from './run-checks.ts'

const options = { profile: buffer, now: new Date(0) }

const aCheck = (overrides: Partial<Check> = {}): Check => ({
  ...defineCheck({
    id: 'frogs',
    title: 'There are frogs',
    why: 'Without frogs, flies.',
    remedy: 'add a frog',
    needs: ['server'],
    limits: {},
    judge: () => [{ subject: 'pond', verdict: 'pass', observed: '1', expected: '1', evidence: [] }],
  }),
  ...overrides,
})

const all = (): GatheredEvidence =>
  Object.fromEntries(Object.entries(someEvidence()).map(([name, value]) => [name, { value }]))

describe(runChecks, () => {
  test('a finding carries its check, why it matters and what mends it', () => {
    expect(runChecks([aCheck()], all(), options)).toEqual([
      {
        check: 'frogs',
        subject: 'pond',
        verdict: 'pass',
        observed: '1',
        expected: '1',
        evidence: [],
        why: 'Without frogs, flies.',
        remedy: 'add a frog',
      },
    ])
  })

  test('missing evidence is unknown with the reason, and the judge is not asked', () => {
    const judge = () => {
      throw new Error('asked')
    }
    const [finding] = runChecks([aCheck({ judge })], { server: { missing: 'the pond is frozen' } }, options)
    expect(finding).toMatchObject({ verdict: 'unknown', observed: 'the pond is frozen' })
  })

  test('evidence that nobody gathered is unknown too', () => {
    expect(runChecks([aCheck()], {}, options)).toMatchObject([{ verdict: 'unknown' }])
  })

  test('a judge that throws is unknown with the error, and the others are asked all the same', () => {
    const broken = aCheck({
      judge: () => {
        throw new TypeError('frog is undefined')
      },
    })
    expect(runChecks([broken, aCheck()], all(), options)).toMatchObject([
      { verdict: 'unknown', observed: 'cannot judge: frog is undefined' },
      { verdict: 'pass' },
    ])
  })

  test('a value that a judge never had is unknown with the reason why', () => {
    const blind = aCheck({
      judge: () => {
        throw new MissingEvidence('this pond has no depth')
      },
    })
    expect(runChecks([blind], all(), options)).toMatchObject([
      { verdict: 'unknown', observed: 'this pond has no depth' },
    ])
  })

  test('a check that found nothing to look at is not-applicable, and still told', () => {
    expect(runChecks([aCheck({ judge: () => [] })], all(), options)).toMatchObject([
      { check: 'frogs', verdict: 'not-applicable' },
    ])
  })

  test('what a check merely wants is null when it is missing, and only what it named is handed to it', () => {
    const seen: unknown[] = []
    const curious = aCheck({
      wants: ['streams'],
      judge: (evidence) => {
        seen.push(Object.keys(evidence).toSorted(), evidence.streams)
        return []
      },
    })
    runChecks([curious], { ...all(), streams: { missing: 'no permission' } }, options)
    expect(seen).toEqual([['server', 'streams'], null])
  })
})

describe('every check', () => {
  test('there are checks of both kinds to speak of', () => {
    expect(checks.filter((check) => !isLive(check)).length).toBeGreaterThanOrEqual(35)
    expect(checks.filter(isLive).length).toBeGreaterThanOrEqual(35)
  })

  test.each(checks)('$id passes a deployment that has nothing to be blamed for', (check) => {
    expect(findingsOf(check).map(({ verdict, observed }) => [verdict, observed])).toEqual(
      findingsOf(check).map(({ observed }) => ['pass', observed]),
    )
  })

  test.each(checks)('$id is unknown without any one of its needs', (check) => {
    for (const name of check.needs) {
      const [finding] = runChecks([check], { ...all(), [name]: { missing: `no ${name}` } }, options)
      expect(finding).toMatchObject({ verdict: 'unknown', observed: `no ${name}` })
    }
  })

  test.each(checks)('$id never passes on fields that are not there', (check) => {
    expect(['unknown', 'not-applicable']).toContain(verdictOf(check, blindEvidence()))
  })

  test.each(checks)('$id says why in events or seconds or bytes, and names a command as remedy', (check) => {
    expect(check.why.length).toBeGreaterThan(60)
    expect(check.remedy).toMatch(/redis-cli|standpipe|sysctl|df |echo |apt-get|systemctl/)
    expect(check.needs.length).toBeGreaterThan(0)
  })

  test.each(checks.filter(({ runbook }) => runbook))(
    '$id is answered by a runbook that is there',
    (check) => {
      expect(existsSync(`runbooks/${check.runbook}.md`)).toBe(true)
    },
  )

  test('most live checks have a runbook', () => {
    const answered = checks.filter(isLive).filter(({ runbook }) => runbook)
    expect(answered.length).toBeGreaterThan(25)
  })
})

/** What is gathered where nothing can be read, nobody watches, and no stream is there. */
function blindEvidence(): Evidence {
  const refuse = (name: string): never => {
    throw new MissingEvidence(`no ${name}`)
  }
  const nothing = { has: () => false, quotes: () => [], text: refuse, number: refuse }
  return someEvidence({
    server: nothing,
    settings: nothing,
    host: {
      ...aHost(),
      transparentHugePages: 'unread',
      overcommitMemory: Number.NaN,
      swappedBytes: null,
      clockSource: null,
      openFilesLimit: null,
    },
    'config-file': null,
    time: { serverMs: Number.NaN, localMs: Number.NaN, roundTripMs: Number.NaN, quotes: [] },
    clients: [],
    access: someAccess({ users: [] }),
    cluster: { enabled: false, slots: [] },
    nodes: [],
    sentinel: null,
    streams: [],
    groups: [],
    newest: [],
    footprints: [],
    cursors: [],
    window: [],
  })
}

describe('every profile', () => {
  test.each(PROFILES)('$name sets limits that its checks have', ({ limits }) => {
    for (const [id, numbers] of Object.entries(limits)) {
      const check = checks.find((one) => one.id === id)
      expect(Object.keys((check?.limits ?? {}) as object)).toEqual(
        expect.arrayContaining(Object.keys(numbers)),
      )
    }
  })

  test('an unknown one is refused with those that there are', () => {
    expect(() => findProfile('frogs')).toThrow(
      'unknown profile "frogs"; choose one of: buffer, cache, ci, met-27',
    )
    expect(findProfile('met-27').name).toBe('met-27')
  })
})
