import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { readGuardEvidence } from '#kernel/redis/guard.ts'
import type { Report } from '#kernel/report/report.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { MARKER_KEY } from '#pipeline/contract.ts'
import { test } from '#test/support/redis.ts'
import { reportFolder } from '#test/support/report-folder.ts'
import { runCommand } from '#test/support/run-command.ts'
import { command } from './03-buffer-capacity.ts'

test('reads every event back, tells what one costs, and leaves nothing in a Redis that was lent', async ({
  server,
  redis,
}) => {
  await redis.set(MARKER_KEY, 'this test')
  await redis.config('SET', 'maxmemory', '3gb')
  const { runId } = await readGuardEvidence(redis, MARKER_KEY)
  const target = ['--redis-url', server.url, '--confirm', runId]
  const flags = ['--events', '12000', '--out', await reportFolder(), '--json']
  const { code, stdout } = await runCommand(command, [...target, ...flags])
  const report = JSON.parse(stdout) as Report

  expect(report.sections.map(({ verdict }) => verdict)).toEqual(['pass', 'pass', 'pass', 'pass', 'pass'])
  expect(report.sections[1]?.answer).toContain('12000 of 12000 entries equal to the letter')
  const valueOf = (name: string) =>
    report.sections.flatMap(({ measurements }) => measurements).find((one) => one.name === name)?.value
  expect(valueOf('memory per entry')).toBeGreaterThan(300)
  expect(valueOf('memory per pending entry')).toBeGreaterThan(40)
  expect(valueOf('append-only file per entry')).toBeGreaterThan(300)
  expect(report.environment['maxmemory told for']).toBe('3 GiB')
  expect(code).toBe(0)
  expect(await redis.keys('*')).toEqual([MARKER_KEY])
})

test('a Redis that is not marked is refused, and how to allow it is said', async ({ server, redis }) => {
  await expect(runCommand(command, ['--redis-url', server.url, '--events', '10', '--json'])).rejects.toThrow(
    `SET ${MARKER_KEY}`,
  )
  expect(await redis.dbsize()).toBe(0)
})

test('interrupted in the middle, it leaves no key, and a report that calls itself partial', async ({
  server,
  redis,
}) => {
  await redis.set(MARKER_KEY, 'this test')
  const { runId } = await readGuardEvidence(redis, MARKER_KEY)
  const out = await reportFolder()
  const interrupt = new AbortController()
  const flags = ['--redis-url', server.url, '--confirm', runId, '--events', '200000', '--out', out, '--json']
  const running = runCommand(command, flags, interrupt.signal)
  await until(async () => (await redis.dbsize()) > 1, { within: seconds(10), what: 'first entry' })
  interrupt.abort(new Error('interrupted by the test'))

  await expect(running).rejects.toThrow('interrupted by the test')
  expect(await redis.keys('*')).toEqual([MARKER_KEY])

  const report = JSON.parse(await readFile(join(out, 'report.json'), 'utf8')) as Report
  expect(report).toMatchObject({ verdict: 'unknown', subject: expect.stringContaining('(partial)') })
})
