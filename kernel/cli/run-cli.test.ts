import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { withSettings } from '#kernel/config/with-settings.ts'
import { DependencyError } from '#kernel/errors.ts'
import { defineCommand } from './command.ts'
import { EXIT } from './exit-code.ts'
import { runCli } from './run-cli.ts'

let stderr = ''

beforeEach(() => {
  stderr = ''
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    stderr += String(text)
    return true
  })
})

afterEach(() => {
  vi.restoreAllMocks()
  process.exitCode = 0
})

const judge = defineCommand({
  name: 'judge',
  describe: 'Judge something',
  examples: [['standpipe judge --limit 3', 'with a limit']],
  options: (yargs) =>
    yargs
      .option('limit', { type: 'number', demandOption: true, describe: 'The limit' })
      .option('how', { choices: ['well', 'badly', 'never'] as const, default: 'well' as const }),
  async run({ limit, how }, { signal }) {
    if (how === 'badly') throw new DependencyError('cannot reach Redis at redis://:***@h')
    if (how === 'never') {
      process.emit('SIGINT', 'SIGINT')
      signal.throwIfAborted()
    }
    return limit > 3 ? EXIT.failed : EXIT.ok
  },
})

let torn: unknown
const tear = defineCommand({
  name: 'letters tear',
  takes: '<ids..>',
  describe: 'Tear letters',
  examples: [],
  options: (yargs) =>
    yargs.positional('ids', { type: 'string', array: true }).option('how', { type: 'string' }),
  async run({ ids, how }) {
    torn = { ids, how }
  },
})

const list = defineCommand({
  name: 'letters list',
  describe: 'List letters',
  examples: [],
  options: (yargs) => yargs,
  run: async () => EXIT.unknown,
})

const show = defineCommand({
  name: 'letters show',
  takes: '<id>',
  describe: 'Show one letter',
  examples: [],
  options: (yargs) => yargs.positional('id', { type: 'string', demandOption: true, describe: 'Its ID' }),
  run: async ({ id }) => (id === '1-0' ? EXIT.ok : EXIT.failed),
})

test.each([
  { argv: ['letters', 'show', '1-0'], code: 0, says: '' },
  { argv: ['letters', 'show', '2-0'], code: 1, says: '' },
  { argv: ['letters', 'show'], code: 3, says: 'not enough non-option arguments' },
  { argv: ['judge', '--limit', '3'], code: 0, says: '' },
  { argv: ['judge', '--limit', '4'], code: 1, says: '' },
  { argv: ['letters', 'list'], code: 2, says: '' },
  { argv: ['judge'], code: 3, says: 'missing required argument: limit' },
  { argv: ['judge', '--limit', '3', '--typo'], code: 3, says: 'unknown argument: typo' },
  {
    argv: ['judge', '--limit', '3', '--how', 'so'],
    code: 3,
    says: 'invalid values: Argument: how, Given: "so"',
  },
  { argv: ['jugde'], code: 3, says: 'unknown' },
  { argv: [], code: 3, says: 'name a command' },
  { argv: ['letters'], code: 3, says: 'name one of: letters list, letters show' },
  {
    argv: ['judge', '--limit', '3', '--how', 'badly'],
    code: 4,
    says: 'judge: cannot reach Redis at redis://:***@h',
  },
  { argv: ['judge', '--limit', '3', '--how', 'never'], code: 130, says: 'judge: interrupted by SIGINT' },
])('$argv exits with $code', async ({ argv, code, says }) => {
  await runCli([judge, list, show], argv)
  expect(process.exitCode).toBe(code)
  expect(stderr).toContain(says)
  expect(stderr).not.toContain('    at ')
})

test('a setting that refuses its value is wrong usage, in its own sentence', async () => {
  const read = defineCommand({
    ...list,
    options: (yargs) => withSettings(yargs, ['read-count']),
    run: async () => EXIT.ok,
  })
  await runCli([read], ['letters', 'list', '--read-count', '0'])
  expect(process.exitCode).toBe(EXIT.usage)
  expect(stderr).toBe('standpipe: --read-count "0": expected a whole number above 0\n')
})

test('anything unforeseen is a bug with a stack, never a verdict', async () => {
  await runCli([{ ...list, run: () => Promise.reject(new TypeError('x is undefined')) }], ['letters', 'list'])
  expect(process.exitCode).toBe(EXIT.bug)
  expect(stderr).toMatch(/bug in standpipe[\s\S]+TypeError: x is undefined\n\s+at /)
})

test('no signal listener is left behind', async () => {
  const before = process.listenerCount('SIGTERM')
  await runCli([list], ['letters', 'list'])
  expect(process.listenerCount('SIGTERM')).toBe(before)
})

test('a list of words is taken whole', async () => {
  await runCli([tear, list], ['letters', 'tear', '1-0', '2-0', '--how', 'apart', '3-0'])
  expect(torn).toEqual({ ids: ['1-0', '2-0', '3-0'], how: 'apart' })
})
