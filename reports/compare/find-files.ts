import { globSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '#kernel/errors.ts'

/**
 * The files that one side of a comparison names: files, folders and globs, with commas between them. A folder stands for
 * its own report, or else for every run that was saved in it, in order of name. Throws `UsageError` for a part that
 * stands for nothing.
 */
export function findFiles(side: string): string[] {
  const files = side.split(',').flatMap((part) => {
    const found = expand(part.trim())
    if (found.length > 0) return found
    throw new UsageError(`"${part}" names no saved run; give files, folders or globs, separated by commas`)
  })
  return [...new Set(files)]
}

function expand(part: string): string[] {
  if (part === '') return []
  if (statSync(part, { throwIfNoEntry: false })?.isDirectory()) return inFolder(part)
  if (!/[*?[{]/.test(part)) return [part]
  return globSync(part)
    .sort()
    .flatMap((found) => (/\.jsonl?$/.test(found) ? [found] : inFolder(found)))
}

function inFolder(folder: string): string[] {
  const saved = (pattern: string) => globSync(join(folder, pattern)).sort()
  const own = saved('report.json')
  return own.length > 0 ? own : [...saved('*.{json,jsonl}'), ...saved('*/report.json')]
}
