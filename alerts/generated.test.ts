import { expect, test } from 'vitest'
import { staleFiles } from '#kernel/catalogue/write-generated-files.ts'
import { SETTINGS } from '#kernel/config/settings.ts'
import { monitoringFiles } from '#monitoring/generated-files.ts'
import { alertFiles } from './generated-files.ts'
import { toPrometheusDuration } from './prometheus-duration.ts'
import { expandTemplate } from './render-rule-tests.ts'

const links = {
  runbooks: SETTINGS['runbooks-url'].default,
  dashboards: SETTINGS['dashboards-url'].default,
}
const files = [...alertFiles(links), ...monitoringFiles()]

test('what is committed is what `standpipe alerts build --write` writes', () => {
  expect(files.length).toBeGreaterThan(5)
  expect(staleFiles('.', files)).toEqual([])
})

test('a stale file would be seen', () => {
  expect(staleFiles('.', alertFiles({ ...links, runbooks: 'https://elsewhere.example' }))).toContain(
    'alerts/generated/standpipe.rules.yaml',
  )
})

test("nothing that leaves for Slack points at somebody's own machine", () => {
  const sent = files.filter(({ path }) => path.startsWith('alerts/'))
  expect(sent.filter(({ text }) => /localhost|127\.0\.0\.1/.test(text))).toEqual([])
})

test('an example that leaves a template open is refused', () => {
  const firing = { labels: { group: 'indexers' } }
  expect(expandTemplate('{{ $labels.group }} is late', firing)).toBe('indexers is late')
  expect(() => expandTemplate('{{ $value | humanize }}', firing)).toThrow('does not say what')
})

test.each([
  [0, '0s'],
  [90_000, '90s'],
  [120_000, '2m'],
  [7_200_000, '2h'],
])('%i ms is %s', (duration, text) => {
  expect(toPrometheusDuration(duration)).toBe(text)
})
