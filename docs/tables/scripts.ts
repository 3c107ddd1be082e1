import type { Catalogue } from '../catalogue.ts'
import { code, toTable } from '../table.ts'

/** The checklist before a deploy, in the order in which a person runs it. */
export function renderScripts({ scripts }: Catalogue): string {
  return toTable(
    ['', 'Script', 'As a command', 'What it does'],
    scripts.map(({ number, path, command }) => [
      number,
      code(path),
      code(`standpipe ${command.name}`),
      command.describe,
    ]),
  )
}
