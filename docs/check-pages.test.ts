import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checks } from '#audit/checks/index.ts'
import { renderCheckPage } from './render-check-page.ts'

const BY_HAND = ['README.md', 'client-hazards.md']

test('there is a page for every check, and none for a check that is gone', () => {
  const pages = readdirSync('docs/checks').filter((name) => !BY_HAND.includes(name))
  expect(pages.toSorted()).toEqual(checks.map(({ id }) => `${id}.md`).toSorted())
})

test.each(checks)('the page of $id says why, what mends it, what it reads and its limits', (check) => {
  const page = renderCheckPage(check)
  const headings = [...page.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)
  expect(headings).toEqual(['Why', 'How to mend it', 'What it reads', 'Limits'])
  expect(page).toContain(check.remedy)
})

test('a limit that a profile sets otherwise is shown beside the others', () => {
  const check = checks.find(({ id }) => id === 'max-memory')
  expect(check && renderCheckPage(check)).toMatch(
    /`askedBytes` \| `null` \| `null` \| `null` \| `2147483648`/,
  )
  expect(readFileSync('docs/checks/swap.md', 'utf8')).toContain('Not asked under the profile `ci`.')
})
