import type { Catalogue } from '../catalogue.ts'
import { code, toTable } from '../table.ts'

/** Every command with what it does and a line to try. */
export function renderCommands({ commands }: Catalogue): string {
  return toTable(
    ['Command', 'What it does', 'For example'],
    commands.map(({ name, describe, examples }) => [
      code(`standpipe ${name}`),
      describe,
      examples[0] ? code(examples[0][0]) : '',
    ]),
  )
}
