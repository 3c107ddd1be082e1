import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { EXIT } from '#kernel/cli/exit-code.ts'
import { type Child, startChild } from '#kernel/process/child.ts'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { parseInfo } from '#kernel/redis/parse-info.ts'
import type { Report } from '#kernel/report/report.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { MARKER_KEY } from '#pipeline/contract.ts'
import { test } from '#test/support/redis.ts'

const LAUNCHER = join(import.meta.dirname, '../../bin/standpipe')

/** A preflight whose every temporary file lies in a folder that can be looked into afterwards. */
async function preflight(folder: string, ...args: string[]): Promise<Child> {
  const temporary = join(folder, 'tmp')
  await mkdir(temporary)
  return startChild(LAUNCHER, ['preflight', '--out', join(folder, 'out'), ...args], {
    name: 'preflight',
    env: { TMPDIR: temporary },
  })
}

const reportIn = async (folder: string) =>
  JSON.parse(await readFile(join(folder, 'out/report.json'), 'utf8')) as Report

/** Processes that were started with this folder as the place of their temporary files. */
async function processesOf(folder: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const environments = await Promise.all(
    pids.map(async (pid) => ({ pid, text: await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '') })),
  )
  return environments.filter(({ text }) => text.includes(`TMPDIR=${folder}`)).map(({ pid }) => pid)
}

const verdicts = ({ sections }: Report) => sections.map(({ verdict }) => verdict)

test("somebody's Redis is only read, and what was not looked at is said", async ({ server, redis }) => {
  await using folder = await temporaryFolder('test')
  await redis.config('RESETSTAT')
  const child = await preflight(folder.path, '--redis-url', server.url)
  expect([EXIT.ok, EXIT.failed, EXIT.unknown]).toContain(await child.ended)

  const report = await reportIn(folder.path)
  expect(verdicts(report).slice(1)).toEqual(['not-applicable', 'not-applicable', 'not-applicable'])
  expect(report.caveats.join()).toContain(`SET ${MARKER_KEY}`)
  const calls = [...parseInfo(await redis.info('commandstats')).keys()]
  expect(calls).toContain('cmdstat_info')
  expect(calls.filter((name) => /_(set|del|unlink|x(add|del|trim|ack|group.*))$/.test(name))).toEqual([])
  expect(await redis.dbsize()).toBe(0)
})

test('a Redis that is marked and confirmed is loaded, and left as it was found', async ({
  server,
  redis,
}) => {
  await using folder = await temporaryFolder('test')
  await redis.set(MARKER_KEY, 'the test says so')
  const runId = parseInfo(await redis.info('server')).get('run_id') ?? ''
  const child = await preflight(
    folder.path,
    '--redis-url',
    server.url,
    '--confirm',
    runId,
    '--events',
    '4000',
  )
  await child.ended

  const report = await reportIn(folder.path)
  expect(verdicts(report).slice(1)).toEqual(['pass', expect.stringMatching(/pass|warn/), 'not-applicable'])
  expect(report.sections[2]?.answer).toContain(
    'all 4000 events attempted are committed: none lost, none twice',
  )
  expect(await redis.keys('*')).toEqual([MARKER_KEY])
})

test('a Redis that cannot be reached is no verdict: exit 4, and its password is not shown', async () => {
  await using folder = await temporaryFolder('test')
  const child = await preflight(folder.path, '--redis-url', 'redis://:hunter2@127.0.0.1:1')
  expect(await child.ended).toBe(EXIT.dependency)
  expect(child.output.join('\n')).toContain('cannot reach Redis at redis://:***@127.0.0.1:1')
  expect(child.output.join('\n')).not.toContain('hunter2')
})

test.each(['How much does the buffer hold?', 'Does every event arrive, once?'])(
  'Ctrl-C during "%s" leaves no process and no folder behind',
  async (title) => {
    await using folder = await temporaryFolder('test')
    const child = await preflight(folder.path)
    await until(() => child.output.some((line) => line.includes(title)), { within: seconds(30), what: title })
    await until(async () => (await processesOf(folder.path)).length > 1, {
      within: seconds(30),
      what: 'children',
    })
    child.signal('SIGINT')

    expect(await child.ended).toBe(EXIT.interrupted)
    expect(await processesOf(folder.path)).toEqual([])
    expect(await readdir(join(folder.path, 'tmp'))).toEqual([])
  },
)
