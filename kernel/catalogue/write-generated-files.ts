import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expectedIndexes } from './expected-indexes.ts'
import type { GeneratedFile } from './generated-file.ts'

/** Writes the files whose text differs, and returns their paths; a second call returns none. */
export function writeGeneratedFiles(root: string, files: readonly GeneratedFile[]): string[] {
  const stale = staleFiles(root, files)
  for (const { path, text } of files.filter((file) => stale.includes(file.path))) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return stale
}

/** The paths of the files that are missing, or say something else than they should. */
export function staleFiles(root: string, files: readonly GeneratedFile[]): string[] {
  return files.filter(({ path, text }) => readIfThere(join(root, path)) !== text).map(({ path }) => path)
}

function readIfThere(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8') : null
}

// `node kernel/catalogue/write-generated-files.ts`: the indexes alone, for whoever just added a declaration.
if (import.meta.main) writeGeneratedFiles('.', expectedIndexes('.'))
