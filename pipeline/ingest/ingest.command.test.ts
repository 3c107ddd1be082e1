import { expect, test } from 'vitest'
import { runCommand } from '#test/support/run-command.ts'
import { command } from './ingest.command.ts'

const nowhere = ['--redis-url', 'redis://127.0.0.1:1']

test('--repos lists repos, as ingest repos does', async () => {
  await expect(runCommand(command, ['--repos', '--relay', 'nonsense', ...nowhere])).rejects.toThrow(
    'relay "nonsense" is no URL',
  )
})

test('--labels without a host is refused, and so are two processes in one', async () => {
  await expect(runCommand(command, ['--labels', ...nowhere])).rejects.toThrow('--labels names no host')
  await expect(runCommand(command, ['--labels', 'ws://l', '--repos', ...nowhere])).rejects.toThrow('name one')
})
