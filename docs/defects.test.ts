import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const page = readFileSync('docs/defects.md', 'utf8')

interface Row {
  readonly id: string
  readonly ours: string
  readonly old: string
}

const rows = page.split('\n').flatMap((line): Row[] => {
  const [, id = '', , ours = '', old = ''] = line.split('|').map((cell) => cell.trim())
  return /^[RW]\d+$/.test(id) ? [{ id, ours, old }] : []
})

/** The tests that a cell names: `file` *title*. */
const testsIn = (cell: string) =>
  [...cell.matchAll(/`([^`]+\.ts)` \*([^*]+)\*/g)].map(([, file = '', title = '']) => ({ file, title }))

/** Those that are not there: no such file, or no such words in it. */
const missing = (cell: string) =>
  testsIn(cell).filter(({ file, title }) => !existsSync(file) || !readFileSync(file, 'utf8').includes(title))

test('every known defect and every known window is in the table', () => {
  const numbered = (letter: string, last: number) =>
    Array.from({ length: last }, (_, index) => `${letter}${index + 1}`)
  expect(rows.map(({ id }) => id)).toEqual([...numbered('R', 12), ...numbered('W', 19)])
})

describe.each(rows)('$id', ({ ours, old }) => {
  test('names a test of ours that is there, or says what is not there yet', () => {
    if (!ours.includes('not there yet')) expect(testsIn(ours)).not.toEqual([])
    expect(missing(ours)).toEqual([])
  })

  test('names a test that shows the old way failing, or says why it is not shown', () => {
    if (!old.includes('not shown: ')) expect(testsIn(old)).not.toEqual([])
    expect(missing(old)).toEqual([])
  })
})

test('a test that is not there would be seen', () => {
  expect(missing('`layers.ts` *no test is called so*')).toHaveLength(1)
  expect(missing('`docs/nowhere.ts` *x*')).toHaveLength(1)
})
