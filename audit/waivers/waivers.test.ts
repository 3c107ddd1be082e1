import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { aFinding } from '#test/support/audit-results.ts'
import { checks } from '../checks/index.ts'
import { overallVerdict } from '../overall-verdict.ts'
import { applyWaivers } from './apply-waivers.ts'
import { readWaivers } from './read-waivers.ts'
import type { Waiver } from './waiver.ts'

const NOW = new Date('2026-02-01T10:00:00Z')
const aWaiver = (overrides: Partial<Waiver> = {}): Waiver => ({
  check: 'eviction-policy',
  subject: '*',
  reason: 'moved in March',
  owner: 'Ada',
  expires: '2026-02-01',
  ...overrides,
})
const apply = (waivers: Waiver[], findings = [aFinding()], asked = ['eviction-policy']) =>
  applyWaivers(findings, waivers, { now: NOW, asked, path: 'w.yaml' })

describe(applyWaivers, () => {
  test('a waiver holds through its last day', () => {
    const [found] = apply([aWaiver()])
    expect(found?.waived).toEqual({ reason: 'moved in March', owner: 'Ada', expires: '2026-02-01' })
    expect(overallVerdict(apply([aWaiver()]))).toBe('pass')
  })

  test('the day after it has expired: the finding counts, and the waiver fails besides', () => {
    const found = apply([aWaiver({ expires: '2026-01-31' })])
    expect(found.map(({ check, verdict, waived }) => [check, verdict, waived])).toEqual([
      ['eviction-policy', 'fail', undefined],
      ['waivers', 'fail', undefined],
    ])
  })

  test('an expired one fails even where nothing is ill any more', () => {
    expect(overallVerdict(apply([aWaiver({ expires: '2026-01-31' })], [aFinding({ verdict: 'pass' })]))).toBe(
      'fail',
    )
  })

  test('one that waives nothing is a warning, unless its check was not asked', () => {
    const healthy = [aFinding({ verdict: 'pass' })]
    expect(overallVerdict(apply([aWaiver()], healthy))).toBe('warn')
    expect(overallVerdict(apply([aWaiver()], healthy, []))).toBe('pass')
  })

  test('it waives the subjects that fit its pattern, and no others', () => {
    const findings = [aFinding({ subject: 'firehose_live/a' }), aFinding({ subject: 'label_live/a' })]
    const found = apply([aWaiver({ subject: 'firehose_*' })], findings)
    expect(found.map(({ waived }) => waived !== undefined)).toEqual([true, false])
    expect(overallVerdict(found)).toBe('fail')
  })

  test('what is unknown can be waived, what passes needs no waiver', () => {
    expect(apply([aWaiver()], [aFinding({ verdict: 'unknown' })])[0]?.waived).toBeDefined()
    expect(apply([aWaiver()], [aFinding({ verdict: 'pass' })])[0]?.waived).toBeUndefined()
  })
})

describe(readWaivers, () => {
  const reading = async (yaml: string) => {
    await using folder = await temporaryFolder('waivers')
    const path = join(folder.path, 'w.yaml')
    writeFileSync(path, yaml)
    return await readWaivers(path, checks, NOW)
  }
  const one = (overrides: string) =>
    `waivers:\n  - check: max-memory\n    reason: it is a test\n    owner: Ada\n    expires: 2026-03-01\n${overrides}`

  test('reads what is as it should be, with every subject where none is named', async () => {
    expect(await reading(one(''))).toEqual([
      { check: 'max-memory', subject: '*', reason: 'it is a test', owner: 'Ada', expires: '2026-03-01' },
    ])
  })

  test.each([
    { what: 'no end', yaml: one('').replace(/ +expires.*\n/, ''), says: 'waivers.0.expires' },
    { what: 'no owner', yaml: one('').replace('Ada', '""'), says: 'waivers.0.owner: expected some words' },
    {
      what: 'an end in a year',
      yaml: one('').replace('2026-03-01', '2027-02-01'),
      says: '90 days at the most',
    },
    { what: 'no such day', yaml: one('').replace('2026-03-01', '2026-02-31'), says: 'waivers.0.expires' },
    { what: 'no such check', yaml: one('').replace('max-memory', 'frogs'), says: 'there is no such check' },
    { what: 'a word too many', yaml: one('    colour: green\n'), says: 'colour' },
    { what: 'broken YAML', yaml: 'waivers: [', says: 'cannot read' },
  ])('refuses $what', async ({ yaml, says }) => {
    await expect(reading(yaml)).rejects.toThrow(says)
  })

  test('90 days are not too far, 91 are', async () => {
    expect(await reading(one('').replace('2026-03-01', '2026-05-02'))).toHaveLength(1)
    await expect(reading(one('').replace('2026-03-01', '2026-05-03'))).rejects.toThrow('90 days')
  })

  test('a file that is not there is refused with its name', async () => {
    await expect(readWaivers('/nowhere/w.yaml', checks, NOW)).rejects.toThrow('cannot read "/nowhere/w.yaml"')
  })
})
