import yargs from 'yargs'
import type { Command } from '#kernel/cli/command.ts'
import { flagsOf as flagsOfParser } from '#kernel/cli/flags-of.ts'

/** The flags that a command takes, without their dashes. */
export function flagsOf(command: Command): string[] {
  return flagsOfParser(command.options(yargs()))
}
