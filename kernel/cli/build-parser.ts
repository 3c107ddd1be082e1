import yargs, { type Argv } from 'yargs'
import { UsageError } from '#kernel/errors.ts'
import type { Command, CommandContext } from './command.ts'
import type { ExitCode } from './exit-code.ts'

/** What became of the command that argv named. */
export interface Outcome {
  code: ExitCode
  command?: string
}

/** The yargs parser for these commands; the command that matches writes its result into `outcome`. */
export function buildParser(commands: readonly Command[], context: CommandContext, outcome: Outcome): Argv {
  const parser = yargs()
    .scriptName('standpipe')
    .strict()
    .demandCommand(1, 'name a command; standpipe --help lists them')
    .wrap(Math.min(110, process.stdout.columns ?? 110))
    .parserConfiguration({ 'duplicate-arguments-array': false })
    .exitProcess(false)
    .help()
    .alias('help', 'h')
    .fail((message, error) => {
      throw isWrapped(error)
        ? new UsageError(error.message, { cause: error })
        : (error ?? new UsageError(firstLine(message)))
    })
  for (const [word, members] of byFirstWord(commands)) mount(parser, word, members, context, outcome)
  return parser
}

/** What a setting refuses while yargs reads it comes back as an error of yargs, with our sentence. */
function isWrapped(error: Error | undefined): error is Error {
  return error?.name === 'YError'
}

function byFirstWord(commands: readonly Command[]): Map<string, Command[]> {
  return Map.groupBy(commands, ({ name }) => name.split(' ')[0] ?? name)
}

function mount(
  parser: Argv,
  word: string,
  members: Command[],
  context: CommandContext,
  outcome: Outcome,
): void {
  const [only] = members
  if (only && members.length === 1 && !only.name.includes(' '))
    return mountOne(parser, word, only, context, outcome)
  const whole = members.find(({ name }) => name === word)
  parser.command(
    word,
    whole?.describe ??
      members.map(({ name, describe }) => `${name.slice(word.length + 1)}: ${describe}`).join('\n'),
    (sub) => {
      for (const member of members) {
        mountOne(sub, member === whole ? '$0' : member.name.slice(word.length + 1), member, context, outcome)
      }
      return whole ? sub : sub.demandCommand(1, `name one of: ${members.map(({ name }) => name).join(', ')}`)
    },
  )
}

function mountOne(
  parser: Argv,
  word: string,
  command: Command,
  context: CommandContext,
  outcome: Outcome,
): void {
  parser.command(
    command.takes ? `${word} ${command.takes}` : word,
    command.describe,
    (sub) => {
      for (const [line, does] of command.examples) sub.example(line, does)
      // To yargs every word of a list is the same argument given again, of which only the last would count.
      if (command.takes?.includes('..')) sub.parserConfiguration({ 'duplicate-arguments-array': true })
      return command.options(sub)
    },
    async (args) => {
      outcome.command = command.name === '$0' ? 'standpipe' : command.name
      const code = await command.run(args, context)
      if (code !== undefined) outcome.code = code
    },
  )
}

function firstLine(message: string | null): string {
  const [head = '', ...rest] = (message ?? 'wrong usage').split('\n')
  // yargs says "Invalid values:" and only on the next line which, and what could be chosen.
  const line = head.endsWith(':') ? `${head} ${rest.map((text) => text.trim()).find(Boolean) ?? ''}` : head
  return line.charAt(0).toLowerCase() + line.slice(1)
}
