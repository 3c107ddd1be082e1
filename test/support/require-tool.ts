import { findExecutable } from '#kernel/process/find-executable.ts'

/** Why a suite cannot run here; `null` when it can. For vitest's `describe.skipIf` and `ctx.skip`. */
export function missingTools(...names: readonly string[]): string | null {
  const missing = names.filter((name) => findExecutable(name) === null)
  if (missing.length === 0) return null
  const sentence = `${missing.join(', ')} not on PATH: these tests need ${missing.length === 1 ? 'it' : 'them'}`
  if (process.env['STANDPIPE_REQUIRE_TOOLS']) throw new Error(`${sentence} (STANDPIPE_REQUIRE_TOOLS is set)`)
  return sentence
}

/** The full path of a tool that `missingTools` has vouched for. */
export function requireTool(name: string): string {
  const path = findExecutable(name)
  if (path === null) throw new Error(`${name} is not on PATH`)
  return path
}
