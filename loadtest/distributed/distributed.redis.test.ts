import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { startChild } from '#kernel/process/child.ts'
import { readGuardEvidence } from '#kernel/redis/guard.ts'
import type { Report } from '#kernel/report/report.ts'
import { MARKER_KEY } from '#pipeline/contract.ts'
import { test } from '#test/support/redis.ts'
import { reportFolder } from '#test/support/report-folder.ts'
import { runCommand } from '#test/support/run-command.ts'
import { command as merge } from './merge.command.ts'
import { command as worker } from './worker.command.ts'
import type { WorkerResult } from './worker-result.ts'

const LAUNCHER = fileURLToPath(new URL('../../bin/standpipe', import.meta.url))

test('two workers share a load on one Redis, and their report is that of one run; one of them alone is none', async ({
  server,
  redis,
}) => {
  await redis.set(MARKER_KEY, 'this test')
  const { runId } = await readGuardEvidence(redis, MARKER_KEY)
  const folder = await reportFolder()
  const startAt = new Date(Date.now() + 1_500).toISOString()
  const work = async (index: number): Promise<string> => {
    const result = join(folder, `${index}.json`)
    const where = ['--redis-url', server.url, '--confirm', runId, '--result', result, '--start-at', startAt]
    const flags = ['load', 'worker', 'steady', '--worker', `${index}/2`, '--rate', '600', '--duration', '1']
    await using child = await startChild(LAUNCHER, [...flags, ...where], { name: `worker ${index}` })
    expect([await child.ended, child.output.filter((line) => !line.includes('"result"'))]).toEqual([0, []])
    return result
  }
  const results = await Promise.all([work(1), work(2)])
  const whole = await runCommand(merge, [results.join(','), '--out', join(folder, 'both'), '--json'])
  const half = await runCommand(merge, [results[0] as string, '--out', join(folder, 'one'), '--json'])
  const { sections, environment } = JSON.parse(whole.stdout) as Report
  const saysOf = (subject: string) => sections[0]?.statements.find((one) => one.subject === subject)
  const parts = results.map((path) => JSON.parse(readFileSync(path, 'utf8')) as WorkerResult)
  const valueOf = (name: string) => sections[0]?.measurements.find((one) => one.name === name)

  expect(saysOf('workers')).toMatchObject({ verdict: 'pass' })
  expect(saysOf('what they ran')).toMatchObject({ verdict: 'pass' })
  expect(valueOf('lost')?.value).toBe(0)
  expect(valueOf('attempted')?.value).toBe(
    parts.flatMap(({ run }) => run.producers).reduce((sum, { attempted }) => sum + attempted, 0),
  )
  expect(valueOf('committed max')?.samples).toBeGreaterThan(500)
  expect(environment['workers']).toMatch(/^1: .*; 2: /)
  expect((JSON.parse(half.stdout) as Report).sections[0]?.answer).toBe('workers: no result of worker 2')
  expect(half.code).toBe(2)
  expect(await redis.keys('*')).toEqual([MARKER_KEY])
})

test('a worker on a Redis that is not marked is refused, and so is a number that is none', async ({
  server,
  redis,
}) => {
  await redis.del(MARKER_KEY)
  const flags = ['steady', '--result', '/tmp/never.json', '--redis-url', server.url]
  await expect(runCommand(worker, [...flags, '--worker', '1/2'])).rejects.toThrow(`SET ${MARKER_KEY}`)
  await expect(runCommand(worker, [...flags, '--worker', '3/2'])).rejects.toThrow('expected INDEX/OF')
})
