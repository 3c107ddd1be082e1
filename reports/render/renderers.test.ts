import { readFile } from 'node:fs/promises'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aReport } from '#test/support/a-report.ts'
import { anyReport, HOSTILE } from '#test/support/any-report.ts'
import { parseReport } from '../parse-report.ts'
import { toJsonSchema } from '../to-json-schema.ts'
import { html } from './html/html.ts'
import { toHtml } from './to-html.ts'
import { toJson } from './to-json.ts'
import { toMarkdown } from './to-markdown.ts'
import { toTerminal } from './to-terminal.ts'

const terminal = { colour: false, columns: 100 }
const followsSchema = new Ajv2020({ strict: true, strictTuples: false }).compile(
  JSON.parse(toJsonSchema()) as object,
)

describe('any report at all', () => {
  test('becomes a page in which none of its text is markup', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const page = toHtml(report)
        expect(page).not.toContain(HOSTILE)
        expect(page).toContain('&lt;zz')
        expect(tagsOf(page).filter((tag) => !OURS.has(tag))).toEqual([])
        expect(page).not.toMatch(/NaN|Infinity|undefined|\[object/)
      }),
      { numRuns: 50 },
    )
  })

  test('becomes Markdown in which none of its text is markup, a link or a second table row', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const text = toMarkdown(report)
        expect(text).not.toMatch(/<|!\[x|(?<!\\)\]\(/)
        expect(text).not.toMatch(/NaN|Infinity|undefined|\[object/)
        expect(raggedRows(text)).toEqual([])
      }),
      { numRuns: 50 },
    )
  })

  test('becomes text that cannot command a terminal', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        expect(toTerminal(report, terminal)).not.toMatch(/[^\P{Cc}\n]/u)
      }),
      { numRuns: 30 },
    )
  })

  test('survives the way through JSON and follows its schema', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const text = toJson(report)
        expect(followsSchema(JSON.parse(text)) || followsSchema.errors).toBe(true)
        expect(toJson(parseReport(text, 'it'))).toBe(text)
      }),
    )
  })
})

test('text put into a page unescaped would be seen', () => {
  expect(tagsOf(html`<p>${{ markup: '<img src=x>' }}</p>`.markup)).toContain('img')
  expect(html`<p title="${'"><img src=x>'}">${'<img src=x>'}</p>`.markup).toBe(
    '<p title="&quot;&gt;&lt;img src=x&gt;">&lt;img src=x&gt;</p>',
  )
})

test('the schema refuses what is not a report', () => {
  const report = JSON.parse(toJson(aReport())) as Record<string, unknown>
  expect(followsSchema(report)).toBe(true)
  expect(followsSchema({ ...report, verdict: 'great' })).toBe(false)
  expect(followsSchema({ ...report, extra: 1 })).toBe(false)
  expect(followsSchema({ ...report, sections: [{}] })).toBe(false)
})

test('report.schema.json is what standpipe report schema prints', async () => {
  const kept = await readFile(new URL('../report.schema.json', import.meta.url), 'utf8')
  expect(JSON.parse(kept)).toEqual(JSON.parse(toJsonSchema()))
})

const OURS = new Set(
  `!doctype html head meta link title style body main header section p h1 h2 h3 span ol ul li a b div figure figcaption
  svg g path circle rect text desc table thead tbody tr th td details summary`.split(/\s+/),
)

/** Rows with another number of cells than the head of their table. */
function raggedRows(text: string): string[] {
  const cells = (line: string) => line.split(/(?<!\\)\|/).length
  let head = 0
  return text.split('\n').filter((line) => {
    head = line.startsWith('|') ? head || cells(line) : 0
    return head !== 0 && cells(line) !== head
  })
}

function tagsOf(page: string): string[] {
  return [...page.matchAll(/<\/?([^\s>/]+)/g)].map(([, name]) => (name ?? '').toLowerCase())
}
