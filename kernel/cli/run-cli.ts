import { environment } from '#kernel/config/env.ts'
import { refuseUnknownVariables } from '#kernel/config/refuse-unknown-variables.ts'
import { InterruptedError, StandpipeError } from '#kernel/errors.ts'
import { buildParser, type Outcome } from './build-parser.ts'
import type { Command, CommandContext } from './command.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { onInterrupt } from './on-interrupt.ts'

/**
 * Parses argv, runs the one command it names and sets `process.exitCode`. The only code that touches argv,
 * signals and the exit code. A foreseen failure is one line on stderr; a bug is a stack and code 70.
 */
export async function runCli(commands: readonly Command[], argv: readonly string[]): Promise<void> {
  const interrupt = onInterrupt()
  const context: CommandContext = { signal: interrupt.signal, stdout: process.stdout, stderr: process.stderr }
  const outcome: Outcome = { code: EXIT.ok }
  try {
    refuseUnknownVariables(environment())
    await buildParser(commands, context, outcome).parseAsync([...argv])
    process.exitCode = outcome.code
  } catch (error) {
    const told = interrupt.signal.aborted ? interrupted(error, interrupt.signal) : error
    process.exitCode = tell(told, outcome.command)
  } finally {
    interrupt.stop()
  }
}

/** A numbered script: the same command, without its name. */
export async function runAsScript(command: Command): Promise<void> {
  await runCli([{ ...command, name: '$0' }], process.argv.slice(2))
}

function interrupted(error: unknown, signal: AbortSignal): unknown {
  const reason = signal.reason as InterruptedError
  if (error === reason || (error as Error)?.cause === reason || (error as Error)?.name === 'AbortError')
    return reason
  return new InterruptedError(`${reason.message}; then: ${(error as Error)?.message ?? String(error)}`, {
    cause: error,
  })
}

function tell(error: unknown, command = 'standpipe'): ExitCode {
  if (error instanceof StandpipeError) {
    process.stderr.write(`${command}: ${error.message}\n`)
    return error.exitCode
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`${command}: this is a bug in standpipe, not in your deployment\n${stack}\n`)
  return EXIT.bug
}
