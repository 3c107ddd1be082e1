import { PassThrough } from 'node:stream'
import { buildParser, type Outcome } from '#kernel/cli/build-parser.ts'
import type { Command } from '#kernel/cli/command.ts'
import { EXIT } from '#kernel/cli/exit-code.ts'

export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command in this process, as the command line does, and gives back what it wrote. Rejects as it does. */
export async function runCommand(
  command: Command,
  args: readonly string[],
  signal: AbortSignal = new AbortController().signal,
): Promise<Ran> {
  const stdout = collect()
  const stderr = collect()
  const outcome: Outcome = { code: EXIT.ok }
  const context = { signal, stdout: stdout.stream, stderr: stderr.stream }
  await buildParser([command], context, outcome).parseAsync([...command.name.split(' '), ...args])
  return { code: outcome.code, stdout: stdout.text(), stderr: stderr.text() }
}

function collect() {
  let written = ''
  const stream = new PassThrough({ encoding: 'utf8' })
  stream.on('data', (chunk: string) => {
    written += chunk
  })
  return {
    stream,
    text() {
      stream.read()
      return written
    },
  }
}
