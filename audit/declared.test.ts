import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { aFinding, someResults } from '#test/support/audit-results.ts'
import { markKnown, readBaseline } from './baseline/baseline.ts'
import { checks } from './checks/index.ts'
import { chooseChecks } from './choose-checks.ts'
import { findProfile } from './find-profile.ts'
import { toFixPlan } from './fix-plan/to-fix-plan.ts'
import { parseDuration } from './manifest/parse-duration.ts'
import { readManifest } from './manifest/read-manifest.ts'
import { matchesGlob } from './matches-glob.ts'
import { overallVerdict } from './overall-verdict.ts'
import { buffer } from './profiles/buffer.ts'
import { withOwnLimits } from './with-own-limits.ts'

const reading = async <Read>(text: string, read: (path: string) => Promise<Read>): Promise<Read> => {
  await using folder = await temporaryFolder('declared')
  const path = join(folder.path, 'file')
  writeFileSync(path, text)
  return await read(path)
}

test.each([
  { text: '30s', ms: 30_000 },
  { text: '1.5h', ms: 5_400_000 },
  { text: '3d', ms: 259_200_000 },
  { text: '250ms', ms: 250 },
  { text: '30', ms: null },
  { text: '-1s', ms: null },
  { text: '', ms: null },
])('the duration "$text" is $ms ms', ({ text, ms }) => {
  expect(parseDuration(text)).toBe(ms)
})

test.each([
  { pattern: '*', text: 'anything\nat all', fits: true },
  { pattern: 'a*c', text: 'abbc', fits: true },
  { pattern: 'a?c', text: 'abbc', fits: false },
  { pattern: 'a.c', text: 'abc', fits: false },
  { pattern: '[a]', text: '[a]', fits: true },
  { pattern: 'a', text: 'ab', fits: false },
])('$pattern fits "$text": $fits', ({ pattern, text, fits }) => {
  expect(matchesGlob(pattern, text)).toBe(fits)
})

describe(chooseChecks, () => {
  const ids = (choice: Parameters<typeof chooseChecks>[2], profile = buffer) =>
    chooseChecks(checks, profile, choice).map(({ id }) => id)

  test('takes those that are named, without those that are skipped', () => {
    expect(ids({})).toHaveLength(checks.length)
    expect(ids({ only: 'cursor-*', skip: 'cursor-ahead*, cursor-stalled' })).toEqual([
      'cursor-and-data-together',
      'cursor-behind-trim',
      'cursor-rewound',
    ])
  })

  test('a pattern that fits nothing is refused, and so is nothing at all', () => {
    expect(() => ids({ only: 'frogs' })).toThrow('no check matches "frogs"')
    expect(() => ids({ skip: 'max-memory,toads' })).toThrow('no check matches "toads"')
    expect(() => ids({ skip: '*' })).toThrow('no check is left')
  })

  test('a profile does not ask what says nothing about its Redis', () => {
    expect(ids({}, findProfile('cache'))).not.toContain('append-only-file')
    expect(ids({}, findProfile('ci'))).not.toContain('swap')
    expect(ids({}, findProfile('ci'))).toContain('append-only-file')
  })
})

describe(readManifest, () => {
  const MANIFEST = `
relay: wss://relay.example
relay-window: 72h
outage: 90m
events-per-second: 900
streams:
  firehose_live:
    groups:
      firehose_group: { consumers: 2 }
    retention: 6h
  label_live: { quiet: true }
settings:
  maxmemory-policy: noeviction
  timeout: 0
limits:
  oldest-pending: { warnAt: 120000 }
`

  test('reads durations as milliseconds and settings as text', async () => {
    expect(await reading(MANIFEST, readManifest)).toMatchObject({
      'relay-window': 259_200_000,
      outage: 5_400_000,
      streams: {
        firehose_live: { groups: { firehose_group: { consumers: 2 } }, retention: 21_600_000, quiet: false },
        label_live: { quiet: true },
      },
      settings: { timeout: '0' },
    })
  })

  test('names every problem at once, with its place', async () => {
    const wrong = MANIFEST.replace('72h', 'three days').replace('relay:', 'relais:')
    await expect(reading(wrong, readManifest)).rejects.toThrow(/relay-window: expected a duration.*relais/)
  })

  test('nothing is declared where no file is named and the usual one is not there', async () => {
    expect(await readManifest(undefined)).toBeNull()
  })
})

describe(withOwnLimits, () => {
  test('own limits go over those of the profile, and leave the others', () => {
    const own = withOwnLimits(findProfile('met-27'), { 'tcp-keepalive': { mostSeconds: 600 } }, checks)
    expect(own.limits['tcp-keepalive']).toEqual({ leastSeconds: 300, mostSeconds: 600 })
    expect(own.limits['max-memory']).toEqual({ askedBytes: 2 * 1024 ** 3 })
  })

  test.each([
    { limits: { frogs: {} }, says: 'there is no check "frogs"' },
    { limits: { 'oldest-pending': { warnat: 1 } }, says: 'no limit "warnat", only warnAt, failAt' },
    {
      limits: { 'oldest-pending': { warnAt: '2m' } },
      says: 'oldest-pending.warnAt: expected a number, got "2m"',
    },
  ])('$limits is refused', ({ limits, says }) => {
    expect(() => withOwnLimits(buffer, limits as never, checks)).toThrow(says)
  })
})

describe('a baseline', () => {
  const earlier = someResults(
    aFinding({ subject: 'old' }),
    aFinding({ subject: 'warned', verdict: 'warn' }),
    aFinding({ subject: 'fine', verdict: 'pass' }),
  )

  test('what it had already, at least as bad, does not count', () => {
    const now = [
      aFinding({ subject: 'old', verdict: 'warn' }),
      aFinding({ subject: 'warned', verdict: 'fail' }),
      aFinding({ subject: 'fine' }),
      aFinding({ subject: 'new' }),
    ]
    expect(markKnown(now, earlier).map(({ known }) => known === true)).toEqual([true, false, false, false])
    expect(overallVerdict(markKnown([aFinding({ subject: 'old' })], earlier))).toBe('pass')
  })

  test('is read from what an audit printed, and from nothing else', async () => {
    expect((await reading(JSON.stringify(earlier), readBaseline)).findings).toHaveLength(3)
    await expect(reading('{"findings": []}', readBaseline)).rejects.toThrow('is not what standpipe audit')
    await expect(reading('no JSON', readBaseline)).rejects.toThrow('is not what standpipe audit')
  })
})

describe(toFixPlan, () => {
  const set = (setting: string, value: string, check = setting) =>
    aFinding({ check, remedy: `redis-cli CONFIG SET ${setting} ${value} && redis-cli CONFIG REWRITE` })

  test('orders the commands so that none of them loses what the next one saves', () => {
    const plan = toFixPlan(
      someResults(
        set('save', '""'),
        set('appendonly', 'yes'),
        set('maxmemory', '6gb'),
        set('maxmemory-policy', 'noeviction'),
      ),
    )
    const commands = plan.split('\n').filter((line) => line.startsWith('redis-cli'))
    expect(commands).toEqual([
      'redis-cli CONFIG SET maxmemory-policy noeviction',
      'redis-cli CONFIG SET maxmemory 6gb',
      'redis-cli CONFIG SET appendonly yes',
      'redis-cli CONFIG SET save ""',
    ])
    expect(plan).toContain('\nmaxmemory 6gb\nappendonly yes\nsave ""\n')
    expect(plan).toContain('up to twice the memory')
  })

  test('leaves alone what passes, what is waived, and what only an operator can know', () => {
    const plan = toFixPlan(
      someResults(
        { ...set('timeout', '0'), verdict: 'pass' },
        { ...set('maxclients', '1000'), waived: { reason: 'r', owner: 'o', expires: '2026-01-01' } },
        set('maxmemory', '<bytes>', 'memory-headroom'),
      ),
    )
    expect(plan).toContain('# In this order, on the running server: nothing')
    expect(plan).toContain('# memory-headroom, ')
    expect(plan).not.toContain('maxclients')
  })
})
