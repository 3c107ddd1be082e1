import { readFile, truncate } from 'node:fs/promises'
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
import { command } from './06-sustained-throughput.ts'

test('reads and writes, loses nothing, and its snapshots alone tell the same', async ({ server, redis }) => {
  await redis.set(MARKER_KEY, 'this test')
  const { runId } = await readGuardEvidence(redis, MARKER_KEY)
  const out = await reportFolder()
  const target = ['--redis-url', server.url, '--confirm', runId, '--out', out, '--json']
  const { stdout } = await runCommand(command, [
    ...target,
    '--duration',
    '1s',
    '--rate',
    '500',
    '--groups',
    '2',
  ])
  const report = JSON.parse(stdout) as Report
  expect(report.sections.map(({ title }) => title)).toEqual([
    'Did every event arrive, once?',
    'Did it keep up?',
    'Does anything grow?',
  ])
  expect(report.sections[0]).toMatchObject({
    verdict: 'pass',
    answer: expect.stringMatching(/^[1-9][\d,]* events/),
  })
  expect(report.sections[1]?.measurements.find(({ name }) => name === 'commit p50')?.value).toBeGreaterThan(0)
  expect(await redis.keys('*')).toEqual([MARKER_KEY])

  const again = await runCommand(command, ['--from-snapshots', out, '--out', await reportFolder(), '--json'])
  expect(JSON.parse(again.stdout)).toEqual(report)

  const file = join(out, 'snapshots.jsonl')
  await truncate(file, (await readFile(file)).length - 200)
  const killed = await runCommand(command, ['--from-snapshots', out, '--out', await reportFolder(), '--json'])
  expect(killed.code).toBe(2)
  expect(JSON.parse(killed.stdout)).toMatchObject({
    subject: 'sustained throughput (partial)',
    verdict: 'unknown',
  })
})

test('interrupted in the middle, it leaves no key, and a report that calls itself partial', async ({
  server,
  redis,
}) => {
  await redis.set(MARKER_KEY, 'this test')
  const { runId } = await readGuardEvidence(redis, MARKER_KEY)
  const out = await reportFolder()
  const interrupt = new AbortController()
  const target = ['--redis-url', server.url, '--confirm', runId, '--out', out, '--json']
  const running = runCommand(command, [...target, '--soak', '8h'], interrupt.signal)
  await until(async () => (await redis.keys('*:cursor')).length > 0, {
    within: seconds(10),
    what: 'first entry',
  })
  interrupt.abort(new Error('interrupted by the test'))
  await expect(running).rejects.toThrow('interrupted by the test')
  expect(await redis.keys('*')).toEqual([MARKER_KEY])
  const report = JSON.parse(await readFile(join(out, 'report.json'), 'utf8')) as Report
  expect(report).toMatchObject({ verdict: 'unknown', subject: 'sustained throughput (partial)' })
  expect(report.sections[0]?.verdict).toBe('pass')
})

test('a Redis that is not marked is refused, and how to allow it is said', async ({ server, redis }) => {
  await expect(runCommand(command, ['--redis-url', server.url, '--json'])).rejects.toThrow(
    `SET ${MARKER_KEY}`,
  )
  expect(await redis.dbsize()).toBe(0)
})
