import yargs from 'yargs'
import type { Command } from '#kernel/cli/command.ts'
import { variableOf } from '#kernel/config/setting.ts'
import { SETTINGS } from '#kernel/config/settings.ts'

/**
 * What is wrong with a command line as it stands in a file that we ship: a command that there is none of, a flag
 * that it does not take. `null` when nothing is.
 */
export function faultOf(words: readonly string[], commands: readonly Command[]): string | null {
  const name = nameIn(words)
  const command = commands.find((one) => one.name === name)
  if (!command) return `no command "${name}"`
  const taken = flagsOf(command)
  const unknown = words
    .filter((word) => word.startsWith('--'))
    .map((word) => word.slice(2).split('=')[0] ?? '')
  const first = unknown.find((flag) => !taken.includes(flag))
  return first === undefined ? null : `${name} takes no --${first}`
}

/** The name of the command: the words before the first flag. */
export function nameIn(words: readonly string[]): string {
  const flagsAt = words.findIndex((word) => word.startsWith('--'))
  return words.slice(0, flagsAt === -1 ? words.length : flagsAt).join(' ')
}

export function flagsOf(command: Command): string[] {
  const parser = command.options(yargs()) as unknown as { getOptions(): { key: Record<string, unknown> } }
  return Object.keys(parser.getOptions().key)
}

/** What is wrong with a variable as it stands there: one that we do not know, or a value that its setting refuses. */
export function variableFault(variable: string, value: string): string | null {
  const [, setting] = Object.entries(SETTINGS).find(([name]) => variableOf(name) === variable) ?? []
  if (!setting) return `no variable ${variable}`
  const parsed = setting.schema.safeParse(value)
  return parsed.success ? null : `${variable}="${value}" is refused`
}
