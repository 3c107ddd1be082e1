import { readFileSync } from 'node:fs'

/** The entries of a golden file: names and values in turn. A line is a field, an empty line ends an entry. */
export function readGolden(name: string): readonly (readonly string[])[] {
  const text = readFileSync(new URL(name, import.meta.url), 'utf8')
  return text
    .trimEnd()
    .split('\n\n')
    .map((entry) => entry.split('\n').flatMap(toField))
}

function toField(line: string): [name: string, value: string] {
  const space = line.indexOf(' ')
  return [line.slice(0, space), line.slice(space + 1)]
}
