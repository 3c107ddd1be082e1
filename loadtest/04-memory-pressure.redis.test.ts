import { expect, test } from 'vitest'
import type { Report } from '#kernel/report/report.ts'
import { reportFolder } from '#test/support/report-folder.ts'
import { runCommand } from '#test/support/run-command.ts'
import { command } from './04-memory-pressure.ts'

test('a full buffer refuses, is read, trimmed and filled again without a loss; another policy forgets it', async () => {
  const flags = ['--limit', '8mb', '--out', await reportFolder(), '--json']
  const { code, stdout } = await runCommand(command, flags)
  const { sections } = JSON.parse(stdout) as Report
  const statements = sections.flatMap((section) => section.statements)

  expect(statements.filter(({ verdict }) => verdict !== 'pass')).toEqual([])
  expect(statements.find(({ subject }) => subject === 'XACK')?.says).toContain('works')
  expect(statements.find(({ subject }) => subject === 'XADD')?.says).toContain('refused')
  expect(statements.find(({ subject }) => subject === 'allkeys-lru')?.says).toContain('its group is gone')
  expect(code).toBe(0)
})

test('a limit in which nothing fits is refused', async () => {
  await expect(runCommand(command, ['--limit', '1mb'])).rejects.toThrow('expected at least 8mb')
})
