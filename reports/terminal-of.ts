import type { CommandContext } from '#kernel/cli/command.ts'
import { environment } from '#kernel/config/env.ts'
import type { TerminalOptions } from './render/to-terminal.ts'

const NARROWEST = 60
const USUAL = 110

/** What a stream can show: colours on a terminal alone and unless NO_COLOR is set, as wide as it says it is. */
export function terminalOf(stdout: CommandContext['stdout']): TerminalOptions {
  const { columns = USUAL } = stdout as { columns?: number }
  return {
    colour: stdout.isTTY === true && !environment()['NO_COLOR'],
    columns: Math.max(NARROWEST, columns),
  }
}
