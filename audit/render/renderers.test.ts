import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { VERDICTS } from '#kernel/verdict/verdict.ts'
import { aFinding, someResults } from '#test/support/audit-results.ts'
import { checks } from '../checks/index.ts'
import { foldFindings } from '../fold-findings.ts'
import { toGithub } from './to-github.ts'
import { toJunit } from './to-junit.ts'
import { toSarif } from './to-sarif.ts'
import { toTable } from './to-table.ts'

const WAIVED = { reason: 'moved in March', owner: 'Ada', expires: '2026-03-01' }
const PLACE = { file: '/etc/redis/my conf.conf', line: 7 }
const every = VERDICTS.map((verdict) => aFinding({ verdict, subject: `the ${verdict} one` }))
const all = someResults(
  ...every,
  aFinding({ waived: WAIVED, subject: 'w' }),
  aFinding({ known: true, subject: 'k' }),
  aFinding({ check: 'waivers', subject: 'x' }),
  aFinding({ evidence: [{ command: 'sed', value: 'x', place: PLACE }], subject: 'placed' }),
)

describe(toSarif, () => {
  const schema = JSON.parse(readFileSync('audit/render/sarif-subset.schema.json', 'utf8'))
  const ajv = new Ajv({
    allErrors: true,
    formats: { uri: (text) => URL.canParse(text), 'uri-reference': true },
  })
  const validate = ajv.compile(schema)
  const written = (options = {}) =>
    JSON.parse(toSarif(all, { checks, docsUrl: 'https://x.example/docs/', baseline: false, ...options }))
  const results = (options = {}) => written(options).runs[0].results

  test('is what SARIF 2.1.0 requires', () => {
    validate(written())
    expect(validate.errors).toBeNull()
  })

  test('a document without a tool, or with a level beside a pass, would not be', () => {
    const broken = written()
    delete broken.runs[0].tool.driver.name
    broken.runs[0].results[1].level = 'error'
    expect(validate(broken)).toBe(false)
    expect(validate.errors?.map(({ instancePath }) => instancePath)).toEqual(
      expect.arrayContaining(['/runs/0/tool/driver', '/runs/0/results/1/level']),
    )
  })

  test('every check is a rule with its page, and every result finds its rule', () => {
    const { rules } = written().runs[0].tool.driver
    expect(rules).toHaveLength(checks.length)
    expect(rules[0].helpUri).toBe(`https://x.example/docs/checks/${checks[0]?.id}.md`)
    for (const { ruleId, ruleIndex } of results())
      if (ruleIndex !== undefined) expect(rules[ruleIndex].id).toBe(ruleId)
  })

  test('what could not be judged is open, neither a pass nor a failure', () => {
    const kinds = Object.fromEntries(
      results()
        .slice(0, VERDICTS.length)
        .map((one: { properties: { verdict: string }; kind: string }) => [one.properties.verdict, one.kind]),
    )
    expect(kinds).toEqual({
      'not-applicable': 'notApplicable',
      pass: 'pass',
      warn: 'fail',
      unknown: 'open',
      fail: 'fail',
    })
  })

  test('a waiver is a suppression with who and until when', () => {
    expect(results()[5].suppressions).toEqual([
      { kind: 'external', justification: 'moved in March (Ada, until 2026-03-01)' },
    ])
    expect(results()[0].suppressions).toBeUndefined()
  })

  test('against a baseline every result says whether it is new', () => {
    const states = results({ baseline: true }).map((one: { baselineState: string }) => one.baselineState)
    expect(states.filter((state: string) => state === 'unchanged')).toHaveLength(1)
    expect(results().every((one: object) => !('baselineState' in one))).toBe(true)
  })

  test('a line of redis.conf is a place', () => {
    expect(results().at(-1).locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'file:///etc/redis/my%20conf.conf' },
      region: { startLine: 7 },
    })
  })
})

test('the JSON of it fits the published schema, waivers, places and all', () => {
  const schema = JSON.parse(readFileSync('audit/audit.schema.json', 'utf8'))
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema)
  validate(JSON.parse(JSON.stringify(all)))
  expect(validate.errors).toBeNull()
  expect(validate({ ...all, findings: [aFinding({ waived: { ...WAIVED, expires: 'soon' } })] })).toBe(false)
})

describe(toJunit, () => {
  test('unknown is an error, waived and inapplicable are skipped, a warning fails where it is to', () => {
    expect(toJunit(all, 'fail')).toContain('tests="9" failures="3" errors="1" skipped="3"')
    expect(toJunit(all, 'warn')).toContain('tests="9" failures="4" errors="1" skipped="3"')
    expect(toJunit(all, 'fail')).toContain(
      '<skipped message="waived until 2026-03-01 by Ada: moved in March"/>',
    )
  })

  test('nothing that a name can hold breaks the document', () => {
    const hostile = someResults(
      aFinding({ subject: 'a<b>&"\u0000\u{FFFF}\uD800', observed: ']]>\n</failure>' }),
    )
    const xml = toJunit(hostile, 'fail')
    expect(xml).toContain('name="a&lt;b&gt;&amp;&quot;���"')
    expect(xml).toContain('message="]]&gt;&#10;&lt;/failure&gt;"')
    expect(xml.split('\n')).toHaveLength(7)
  })
})

describe(toGithub, () => {
  test('each finding that is no pass is one line, and what was decided is a notice', () => {
    const lines = toGithub(all)
      .split('\n')
      .filter((line) => line.startsWith('::'))
    expect(lines.map((line) => line.split(' ')[0])).toEqual([
      '::warning',
      '::error',
      '::error',
      '::notice',
      '::notice',
      '::error',
      '::error',
    ])
    expect(lines.at(-1)).toContain('file=/etc/redis/my conf.conf,line=7,title=')
  })

  test('a name cannot begin a command of its own', () => {
    const text = toGithub(someResults(aFinding({ subject: 'x\n::error::100%', check: 'a,b:c' })))
    expect(text.split('\n')[0]).toContain('title=fail%3A a%2Cb%3Ac::x%0A::error::100%25: ')
  })
})

describe(toTable, () => {
  const plain = { verdict: (_: string, text: string) => text, bold: String, dim: String }
  const lines = toTable(all, plain).split('\n')
  const at = (text: string) => lines.findIndex((line) => line.includes(text))

  test('what is waived or known is shown with why, after what counts', () => {
    expect(at('the warn one')).toBeGreaterThan(at('the fail one'))
    expect(at('w: allkeys-lru')).toBeGreaterThan(at('the warn one'))
    expect(at('waived until 2026-03-01 by Ada')).toBeGreaterThan(at('w: allkeys-lru'))
    expect(at('known: the baseline')).toBeGreaterThan(0)
    expect(lines.at(-2)).toContain('3 fail, 1 unknown, 1 warn, 1 pass, 1 not-applicable, 1 waived, 1 known')
  })
})

describe(foldFindings, () => {
  const many = (count: number, overrides: Parameters<typeof aFinding>[0]) =>
    Array.from({ length: count }, (_, index) => aFinding({ subject: `s${index}`, ...overrides }))

  test('many subjects that pass are one line, many that fail are ten and a line', () => {
    expect(foldFindings(many(5_000, { verdict: 'pass' })).map(({ subject }) => subject)).toEqual([
      '5000 subjects',
    ])
    expect(foldFindings(many(5_000, {})).map(({ subject }) => subject)).toEqual([
      ...many(10, {}).map(({ subject }) => subject),
      '4990 more',
    ])
    expect(foldFindings(many(3, { verdict: 'pass' }))).toHaveLength(3)
  })

  test('what is unknown for one reason is one line that names the checks', () => {
    const [one, ...others] = foldFindings([
      aFinding({ verdict: 'unknown', check: 'a', subject: 's', observed: 'why' }),
      aFinding({ verdict: 'unknown', check: 'b', subject: 's', observed: 'why' }),
    ])
    expect(others).toEqual([])
    expect(one).toMatchObject({ check: '2 checks', subject: 's', expected: 'evidence for a, b' })
  })

  test('what is waived is never folded away', () => {
    const findings = many(20, { verdict: 'fail' }).map((one, index) =>
      index === 15 ? { ...one, waived: WAIVED } : one,
    )
    expect(foldFindings(findings).filter(({ waived }) => waived)).toHaveLength(1)
  })
})
