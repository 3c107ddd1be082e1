import { globSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import yargs from 'yargs'
import { refuseUnknownVariables } from './refuse-unknown-variables.ts'
import { SETTINGS } from './settings.ts'
import { withSettings } from './with-settings.ts'

const read = (argv: string[], env: Record<string, string> = {}) =>
  withSettings(
    yargs()
      .exitProcess(false)
      .fail((message, error) => {
        throw error ?? new Error(message)
      }),
    ['redis-url', 'high-water', 'trim', 'collections', 'metrics-port'],
    env,
  ).parseSync(argv)

test('a flag wins over its variable, which wins over the default', () => {
  expect(read([]).highWater).toBe(1_000_000)
  expect(read([], { STANDPIPE_HIGH_WATER: '7' }).highWater).toBe(7)
  expect(read(['--high-water', '8'], { STANDPIPE_HIGH_WATER: '7' }).highWater).toBe(8)
})

test('values arrive in their own types', () => {
  const { trim, collections, metricsPort } = read([
    '--trim',
    'false',
    '--collections',
    'app.bsky.*, chat.bsky.*',
  ])
  expect(trim).toBe(false)
  expect(collections).toEqual(['app.bsky.*', 'chat.bsky.*'])
  expect(metricsPort).toBeUndefined()
  expect(read(['--metrics-port', '0']).metricsPort).toBe(0)
})

test('a wrong value is refused with what was expected', () => {
  expect(() => read(['--high-water', 'many'])).toThrow('--high-water "many": expected a whole number')
  expect(() => read(['--high-water', '0'])).toThrow('expected a whole number above 0')
})

test('a misspelt variable is refused, others are left alone', () => {
  expect(() => refuseUnknownVariables({ STANDPIPE_HIGHWATER: '1', STANDPIPE_TYPO: '2' })).toThrow(
    'unknown environment variables STANDPIPE_HIGHWATER, STANDPIPE_TYPO',
  )
  expect(() => refuseUnknownVariables({ STANDPIPE_HIGH_WATER: '1', PATH: '/bin' })).not.toThrow()
})

test.each(
  globSync('settings/*.ts', { cwd: import.meta.dirname }).filter((file) => !file.endsWith('schemas.ts')),
)('%s names its settings in alphabetical order, and each is found', async (file) => {
  const [group = {}] = Object.values(
    (await import(join(import.meta.dirname, file))) as Record<string, object>,
  )
  expect(Object.keys(group)).not.toEqual([])
  expect(Object.keys(group)).toEqual(Object.keys(group).toSorted())
  expect(Object.keys(SETTINGS)).toEqual(expect.arrayContaining(Object.keys(group)))
})
