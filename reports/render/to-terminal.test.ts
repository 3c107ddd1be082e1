import { expect, test } from 'vitest'
import { aReport } from '#test/support/a-report.ts'
import { toTerminal } from './to-terminal.ts'

test('the verdict stands at the end, where the eye is', () => {
  const lines = toTerminal(aReport(), { colour: false, columns: 110 }).trimEnd().split('\n')
  expect(lines.at(-2)).toBe(
    '✗ fail  preflight of a private Redis 7.0.15 on this machine: 1 of 9 statements does not hold',
  )
})

test.each([60, 80, 110, 200])('no line of a table is wider than a terminal of %i columns', (columns) => {
  const table = toTerminal(aReport(), { colour: false, columns })
    .split('\n')
    .filter((line) => /^[┌│└]/.test(line))
  expect(table.length).toBeGreaterThan(20)
  for (const line of table) expect(line.length).toBeLessThanOrEqual(Math.max(columns, 68))
})

test('colours appear only when asked for', () => {
  const [colour, plain] = [true, false].map((on) => toTerminal(aReport(), { colour: on, columns: 110 }))
  expect(colour).toContain('\u001B[31m✗ fail')
  expect(plain).not.toContain('\u001B')
})
