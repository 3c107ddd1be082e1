import { expect, test } from 'vitest'
import type { Report } from '#kernel/report/report.ts'
import { reportFolder } from '#test/support/report-folder.ts'
import { runCommand } from '#test/support/run-command.ts'
import { command } from './05-persistence-recovery.ts'

test('what a kill leaves is whole, what a corrupt file loses is replayed, and what was not asked is said', async () => {
  const only = ['--only', 'kill,middle-corruption,rewrite-under-load', '--events', '2000']
  const { code, stdout } = await runCommand(command, [...only, '--out', await reportFolder(), '--json'])
  const { sections, caveats } = JSON.parse(stdout) as Report

  expect(sections.map(({ verdict }) => verdict)).toEqual(['pass', 'pass', 'pass'])
  const corrupt = sections.find(({ title }) => title.includes('corrupt'))
  expect(corrupt?.statements.find(({ subject }) => subject.startsWith('the start'))?.says).toMatch(
    /refused: .*This will shrink/,
  )
  expect(caveats).toContainEqual(expect.stringContaining('Left out by --only'))
  expect(code).toBe(0)
})

test('an injury that there is not is refused', async () => {
  await expect(runCommand(command, ['--only', 'flood'])).rejects.toThrow('expected some of graceful-restart')
})
