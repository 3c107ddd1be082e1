import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { GeneratedFile } from './generated-file.ts'
import { REGISTRIES, type Registry } from './registry.ts'
import { renderIndex } from './render-index.ts'

/** The ids that a folder declares: its `.ts` files, without the index and the tests. */
export function idsIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== 'index.ts')
    .map((name) => name.slice(0, -'.ts'.length))
    .toSorted()
}

/** What the index of every registered folder must say, given the files that are there now. */
export function expectedIndexes(root: string, registries: readonly Registry[] = REGISTRIES): GeneratedFile[] {
  return registries
    .filter(({ folder }) => existsSync(join(root, folder)))
    .map((registry) => ({ registry, ids: idsIn(join(root, registry.folder)) }))
    .filter(({ ids }) => ids.length > 0)
    .map(({ registry, ids }) => ({
      path: `${registry.folder}/index.ts`,
      text: renderIndex(registry, ids),
    }))
}
