import { findExecutable } from '#kernel/process/find-executable.ts'

/** What Debian calls them. */
const ALSO_CALLED: Readonly<Record<string, string>> = {
  alertmanager: 'prometheus-alertmanager',
  redis_exporter: 'prometheus-redis-exporter',
}

/**
 * Why these tests cannot run here, in a sentence, or `null` when they can. Where `STANDPIPE_REQUIRE_TOOLS` is
 * set a missing tool is an error, so that CI never takes a skip for a pass.
 */
export function missingTools(...names: readonly string[]): string | null {
  const missing = names.filter((name) => pathOf(name) === null)
  if (missing.length === 0) return null
  const sentence = `${missing.join(', ')} not on PATH; these tests run the real thing`
  if (process.env['STANDPIPE_REQUIRE_TOOLS']) throw new Error(`${sentence} (STANDPIPE_REQUIRE_TOOLS is set)`)
  return sentence
}

/** The full path of a tool; throws when it is not there. */
export function requireTool(name: string): string {
  const path = pathOf(name)
  if (path === null) throw new Error(`${name} is not on PATH`)
  return path
}

function pathOf(name: string): string | null {
  return findExecutable(name) ?? findExecutable(ALSO_CALLED[name] ?? name)
}
