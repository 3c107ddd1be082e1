import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildParser, type Outcome } from '#kernel/cli/build-parser.ts'
import { EXIT } from '#kernel/cli/exit-code.ts'
import { StandpipeError } from '#kernel/errors.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { type PrivateRedis, startPrivateRedis } from '#kernel/redis/private-redis.ts'
import { command } from './01-configuration-audit.ts'

let server: PrivateRedis
beforeAll(async () => {
  server = await startPrivateRedis({ listen: 'loopback', config: { maxmemory: '256mb' } })
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

/** Runs the command as the command line would, and tells what it printed and the code it ends with. */
async function run(...argv: string[]): Promise<{ code: number; printed: string }> {
  const stdout = new PassThrough()
  const outcome: Outcome = { code: EXIT.ok }
  const context = { signal: AbortSignal.timeout(10_000), stdout, stderr: new PassThrough() }
  try {
    await buildParser([command], context, outcome).parseAsync(['audit', ...argv])
  } catch (error) {
    if (!(error instanceof StandpipeError)) throw error
    outcome.code = error.exitCode
    stdout.write(error.message)
  }
  stdout.end()
  return { code: outcome.code, printed: await text(stdout) }
}

const at = (url: string) => ['--redis-url', url]

test('warnings alone end with 0, and with 1 when they are to fail', async () => {
  const { code, printed } = await run(...at(server.url))
  expect(code).toBe(EXIT.ok)
  expect(printed).toMatch(/client-output-buffer[\s\S]+warn: /)
  expect((await run(...at(server.url), '--fail-on', 'warn')).code).toBe(EXIT.failed)
})

test('a failure ends with 1 and comes first in the table, with the command that mends it', async () => {
  await using wrong = await startPrivateRedis({
    config: { maxmemory: '256mb', 'maxmemory-policy': 'allkeys-lru' },
  })
  const { code, printed } = await run(...at(wrong.url))
  expect(code).toBe(EXIT.failed)
  const [, first = ''] = printed.split('├')
  expect(first).toContain('eviction-policy')
  expect(first.replaceAll(/[\s│]+/g, ' ')).toContain('CONFIG SET maxmemory-policy noeviction')
})

test('a Redis that refuses CONFIG ends with 2, and the user and password are nowhere in the output', async () => {
  const redis = await connectRedis(server.url, { name: 'test' })
  await redis.call('ACL', 'SETUSER', 'auditor', 'reset', 'on', '>hunter2', '~*', '+@all', '-config')
  redis.disconnect()
  const url = server.url.replace('redis://', 'redis://auditor:hunter2@')
  for (const format of ['table', 'json']) {
    const { code, printed } = await run(...at(url), '--format', format)
    expect(code).toBe(EXIT.unknown)
    expect(printed).not.toContain('hunter2')
    expect(printed).toContain('***@127.0.0.1')
  }
})

test.each([
  {
    argv: at('redis://:hunter2@127.0.0.1:1'),
    code: EXIT.dependency,
    says: 'cannot reach Redis at redis://:***@',
  },
  { argv: at('http://127.0.0.1'), code: EXIT.usage, says: 'not a Redis URL' },
  { argv: ['--profile', 'frogs'], code: EXIT.usage, says: 'unknown profile "frogs"; choose one of: buffer' },
  { argv: ['--explain', 'frogs'], code: EXIT.usage, says: 'unknown check "frogs"; standpipe audit --list' },
  { argv: ['--format', 'yaml'], code: EXIT.usage, says: 'Given: "yaml", Choices: "table", "json"' },
])('$argv ends with $code', async ({ argv, code, says }) => {
  const { code: ended, printed } = await run(...argv)
  expect(printed).toContain(says)
  expect(ended).toBe(code)
})

test('a password that is wrong is a dependency out of reach, not a finding', async () => {
  const { code, printed } = await run(...at(server.url.replace('redis://', 'redis://nobody:hunter2@')))
  expect(code).toBe(EXIT.dependency)
  expect(printed).toContain('WRONGPASS')
  expect(printed).not.toContain('hunter2')
})

test('JSON is the whole output, and a table has no colour where there is no terminal', async () => {
  const { printed } = await run(...at(server.url), '--format', 'json', '--profile', 'met-27')
  expect(JSON.parse(printed)).toMatchObject({ schema: 'standpipe/audit@1', profile: 'met-27' })
  expect((await run(...at(server.url))).printed).not.toContain('\u001b')
})

test.each([
  { format: 'sarif', says: '"version": "2.1.0"' },
  { format: 'junit', says: '<testsuite name="redis://127.0.0.1' },
  { format: 'github', says: '::warning title=' },
  { format: 'markdown', says: '## Configuration audit, profile buffer' },
  { format: 'html', says: '<!doctype html>' },
])('the findings can be had as $format', async ({ format, says }) => {
  const { code, printed } = await run(...at(server.url), '--format', format)
  expect(code).toBe(EXIT.ok)
  expect(printed).toContain(says)
})

test('a fix plan is printed instead of the findings, and changes nothing', async () => {
  await using wrong = await startPrivateRedis({ config: { 'maxmemory-policy': 'allkeys-lru' } })
  const { code, printed } = await run(...at(wrong.url), '--fix-plan')
  expect(code).toBe(EXIT.failed)
  expect(printed).toContain('\nredis-cli CONFIG SET maxmemory-policy noeviction\n')
  const redis = await connectRedis(wrong.url, { name: 'test' })
  expect(await redis.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'allkeys-lru'])
  redis.disconnect()
})

test.each([
  { argv: ['--watch', 'soon'], says: '--watch "soon": expected a duration' },
  { argv: ['--only', 'frogs'], says: 'no check matches "frogs"' },
  { argv: ['--manifest', '/nowhere.yaml'], says: 'cannot read "/nowhere.yaml"' },
  { argv: ['--waivers', '/nowhere.yaml'], says: 'cannot read "/nowhere.yaml"' },
  { argv: ['--baseline', 'package.json'], says: 'is not what standpipe audit --format json prints' },
])('$argv is refused before Redis is asked', async ({ argv, says }) => {
  const { code, printed } = await run(...at('redis://127.0.0.1:1'), ...argv)
  expect(printed).toContain(says)
  expect(code).toBe(EXIT.usage)
})

test('checks can be listed and explained without any Redis', async () => {
  const { code, printed } = await run('--list', ...at('redis://127.0.0.1:1'))
  expect(code).toBe(EXIT.ok)
  expect(printed.split('\n').filter(Boolean).length).toBeGreaterThanOrEqual(16)
  const explained = await run('--explain', 'max-memory', '--profile', 'met-27')
  expect(explained.printed).toContain('"askedBytes":2147483648')
})
