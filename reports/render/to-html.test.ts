import { expect, test } from 'vitest'
import { aReport } from '#test/support/a-report.ts'
import { toHtml } from './to-html.ts'

const page = toHtml(aReport())

test('nothing in the page is fetched from anywhere, and nothing may be', () => {
  expect(page).toContain("default-src 'none'")
  expect(page).not.toMatch(/<script|@import|url\(|src=|https?:/i)
})

test('every plot has a title and a description that is worth hearing', () => {
  const plots = [...page.matchAll(/<svg class="plot[^>]+aria-labelledby="(\S+) (\S+)"/g)]
  expect(plots).toHaveLength(10)
  for (const [, title, description] of plots) {
    expect(page).toMatch(new RegExp(`<title id="${title}">[^<]+</title>`))
    expect(page).toMatch(new RegExp(`<desc id="${description}">[^<]{20,}</desc>`))
  }
})

test('an id is given once', () => {
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.length).toBeGreaterThan(20)
})

test('the outage is tinted from the fault to the recovery, and each moment is marked on both plots', () => {
  const [, drill = ''] = page.split('id="s4"')
  expect(drill.match(/class="outage"/g)).toHaveLength(4)
  expect(drill.match(/<g class="moment fault"/g)).toHaveLength(4)
  expect(drill.match(/<g class="moment alert"/g)).toHaveLength(4)
})

test('a gap in a curve is not bridged', () => {
  const [, lag = ''] = page.split('Entries not yet delivered to the group</title>')
  const [, path = ''] = /class="curve c0"><path d="([^"]+)"/.exec(lag) ?? []
  expect(path.match(/M/g)).toHaveLength(2)
})

test('a verdict is told by word and shape, not by colour alone', () => {
  for (const verdict of ['✓</span> pass', '!</span> warn', '?</span> unknown', '✗</span> fail']) {
    expect(page).toContain(verdict)
  }
})

test('a report without questions, numbers or caveats is still a page', () => {
  const empty = toHtml(aReport({ sections: [], environment: {}, caveats: [], verdict: 'not-applicable' }))
  expect(empty).toContain('No question was asked.')
  expect(empty).toContain('Nothing that this run knows of.')
  expect(empty).toContain('Nothing was recorded.')
})
