import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expectedIndexes } from './expected-indexes.ts'
import type { GeneratedFile } from './generated-file.ts'

/** Writes the files whose text differs, and returns their paths; a second call returns none. */
export function writeGeneratedFiles(root: string, files: readonly GeneratedFile[]): string[] {
  const stale = files.filter(({ path, text }) => readIfThere(join(root, path)) !== text)
  for (const { path, text } of stale) writeFileSync(join(root, path), text)
  return stale.map(({ path }) => path)
}

function readIfThere(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8') : null
}

// `node kernel/catalogue/write-generated-files.ts`: the indexes alone, for whoever just added a declaration.
if (import.meta.main) writeGeneratedFiles('.', expectedIndexes('.'))
