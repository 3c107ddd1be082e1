import type { ArgumentsCamelCase, Argv } from 'yargs'
import type { ExitCode } from './exit-code.ts'
import { foldRedisTlsFlags, withRedisTlsFlags } from './redis-tls-flags.ts'

/** What a command may know of the terminal it was started from. */
export interface CommandContext {
  /** Aborts on the first SIGINT or SIGTERM: stop intake, drain, clean up, return or rethrow its reason. */
  readonly signal: AbortSignal
  /** The result goes here, and nothing else. */
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number }
  /** Progress and remarks go here. */
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean }
}

/**
 * One verb of `standpipe`. `run` returns an exit code; returning nothing is success. A service that was told
 * to stop and drained returns; a job that was cut short lets the signal's reason through, which is code 130.
 */
export interface Command {
  /** One or two words: `audit`, `dead-letters list`. */
  readonly name: string
  /** What it takes besides flags, in the notation of yargs: `<file>`, `[url]`. */
  readonly takes?: string
  /** One line for the list of commands. */
  readonly describe: string
  /** Command lines with what each does, shown by `--help`. */
  readonly examples: readonly (readonly [line: string, does: string])[]
  options(yargs: Argv): Argv
  run(args: ArgumentsCamelCase, context: CommandContext): Promise<ExitCode | void>
}

/** A command as it is written, before the type of its arguments is erased. */
export interface CommandDefinition<Args> extends Omit<Command, 'options' | 'run'> {
  options(yargs: Argv): Argv<Args>
  run(args: ArgumentsCamelCase<Args>, context: CommandContext): Promise<ExitCode | void>
}

/**
 * Infers the arguments of `run` from `options`, then erases them, so that all commands fit in one list. One that takes
 * a Redis URL takes the files for TLS as well, and finds them in the URL.
 */
export function defineCommand<Args>(definition: CommandDefinition<Args>): Command {
  const command = definition as unknown as Command
  return {
    ...command,
    options: (yargs) => withRedisTlsFlags(command.options(yargs)),
    run: async (args, context) => command.run(foldRedisTlsFlags(args), context),
  }
}
