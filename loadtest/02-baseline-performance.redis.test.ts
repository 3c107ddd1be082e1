import { expect } from 'vitest'
import { readGuardEvidence } from '#kernel/redis/guard.ts'
import type { Report } from '#kernel/report/report.ts'
import { MARKER_KEY } from '#pipeline/contract.ts'
import { test } from '#test/support/redis.ts'
import { reportFolder } from '#test/support/report-folder.ts'
import { runCommand } from '#test/support/run-command.ts'
import { command } from './02-baseline-performance.ts'

test('every command is measured in every scene that it has, and nothing of it stays in a Redis that was lent', async ({
  server,
  redis,
}) => {
  await redis.set(MARKER_KEY, 'this test')
  const { runId } = await readGuardEvidence(redis, MARKER_KEY)
  const target = ['--redis-url', server.url, '--confirm', runId]
  const size = ['--quick', '--depth', '2000', '--clients', '2', '--cell-ms', '20']
  const { stdout } = await runCommand(command, [...target, ...size, '--out', await reportFolder(), '--json'])
  const { sections } = JSON.parse(stdout) as Report
  const squares = sections.flatMap(({ measurements }) => measurements)

  const measured = Object.entries(Object.groupBy(squares, ({ name }) => name.split(':')[0] ?? ''))
  expect(Object.fromEntries(measured.map(([name, some]) => [name, some?.length]))).toEqual({
    SET: 1,
    GET: 1,
    XADD: 2,
    append: 2,
    XREADGROUP: 2,
    XAUTOCLAIM: 1,
    XACK: 1,
    XTRIM: 1,
  })
  expect(squares.filter(({ value }) => !value)).toEqual([])
  expect(await redis.keys('*')).toEqual([MARKER_KEY])
})

test('a Redis that is not marked is refused, and a command that there is not', async ({ server, redis }) => {
  await expect(runCommand(command, ['--redis-url', server.url, '--quick', '--json'])).rejects.toThrow(
    `SET ${MARKER_KEY}`,
  )
  expect(await redis.dbsize()).toBe(0)
  await expect(runCommand(command, ['--only', 'FLUSHALL'])).rejects.toThrow('expected some of SET, GET')
  await expect(runCommand(command, ['--confirm', 'abc'])).rejects.toThrow('says nothing without --redis-url')
})
