import yargs from 'yargs'
import type { Command } from '#kernel/cli/command.ts'

/** The flags that a command takes, without their dashes. */
export function flagsOf(command: Command): string[] {
  const parser = command.options(yargs()) as unknown as { getOptions(): { key: Record<string, unknown> } }
  return Object.keys(parser.getOptions().key)
}
