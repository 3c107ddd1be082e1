import type { Registry } from './registry.ts'

const LINE_WIDTH = 110

/** The text of a folder's `index.ts`: a typed list of its declarations, in the order of their ids. */
export function renderIndex(registry: Registry, ids: readonly string[]): string {
  const sorted = ids.toSorted()
  const names = sorted.map(identifierOf)
  const imports = sorted.map((id) => `import ${identifierOf(id)} from './${id}.ts'`)
  return [
    `import type { ${registry.type} } from '${registry.module}'`,
    ...imports.toSorted((a, b) => (pathIn(a) < pathIn(b) ? -1 : 1)),
    '',
    `/** ${registry.says} Written by \`standpipe docs --write\` from the files of this folder. */`,
    renderList(`export const ${registry.list}: readonly ${registry.type}[] = [`, names),
    '',
  ].join('\n')
}

/** `group-lag` becomes `groupLag`; an id that is not kebab-case is refused, since a reader could not guess its file. */
export function identifierOf(id: string): string {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) throw new TypeError(`not a kebab-case id: "${id}"`)
  return id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
}

const pathIn = (line: string): string => line.slice(line.indexOf("'"))

/** As the formatter writes it: on one line where that fits. */
function renderList(head: string, names: readonly string[]): string {
  const line = `${head}${names.join(', ')}]`
  return line.length <= LINE_WIDTH ? line : [head, ...names.map((name) => `  ${name},`), ']'].join('\n')
}
