import { expect, test } from 'vitest'
import { aReport } from '#test/support/a-report.ts'
import { toMarkdown } from './to-markdown.ts'

test('the verdict is the headline, and every question has its answer above the fold', () => {
  const [first, , , , ...lines] = toMarkdown(aReport()).split('\n')
  expect(first).toBe('# ✗ **fail**: 1 of 9 statements does not hold')
  expect(lines.slice(0, 7)).toContain(
    '| ✓ | Does every event arrive, once? | 50,000 events sent, 50,000 in PostgreSQL, none lost, none twice |',
  )
})

test('what was not covered ends it, and leaving nothing out is said too', () => {
  expect(toMarkdown(aReport()).trimEnd()).toMatch(
    /## Not covered\n\n- network between hosts[^\n]+\n- power loss[^\n]+$/,
  )
  expect(toMarkdown(aReport({ caveats: [] })).trimEnd()).toMatch(
    /## Not covered\n\nNothing that this run knows of\.$/,
  )
})

test('a number carries its samples and its method, and one that nobody measured says so', () => {
  const text = toMarkdown(aReport())
  expect(text).toContain('| end-to-end latency, p99.9 | 412 ms | 50,000 | as above |')
  expect(text).toContain(
    '| hours of buffer at your rate | not measured | 0 | --events-per-second was not given |',
  )
})

test('the most alarming statement of a section comes first, with its remedy', () => {
  const rows = toMarkdown(aReport()).split('\n')
  const slow = rows.findIndex((row) => row.startsWith('| ✗ | recovery time'))
  expect(rows[slow]).toContain('add a second indexer')
  expect(rows[slow + 1]).toContain('| ✓ | loss |')
})

test('a report without questions is still a document', () => {
  const text = toMarkdown(aReport({ sections: [], environment: {}, verdict: 'not-applicable' }))
  expect(text).toContain('there was nothing to judge')
  expect(text).not.toContain('| --- |')
})
