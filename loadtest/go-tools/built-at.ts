import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { GoTool } from './go-tool.ts'

const FOLDER = fileURLToPath(new URL('../../.tools/go/', import.meta.url))

/** Where a tool goes when it is built. */
export function binaryOf({ name, version }: GoTool): string {
  return `${FOLDER}${name}@${version}`
}

/** Where it is; `null` when it was not built yet. */
export function builtAt(tool: GoTool): string | null {
  const path = binaryOf(tool)
  return existsSync(path) ? path : null
}
