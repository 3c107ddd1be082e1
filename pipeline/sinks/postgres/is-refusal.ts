/**
 * SQLSTATE classes that blame the rows: data exception, integrity constraint violation, program limit
 * exceeded. https://www.postgresql.org/docs/15/errcodes-appendix.html
 */
const REFUSALS = new Set(['22', '23', '54'])

/**
 * Whether PostgreSQL refused the rows themselves, so that no retry helps. Anything else (no connection, no
 * disk space, a deadlock, a missing table) may pass or be mended, and must never cost an entry.
 */
export function isRefusal(error: unknown): boolean {
  // A record nested too deeply, or too long, fails before it reaches PostgreSQL.
  if (error instanceof RangeError) return true
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && code.length === 5 && REFUSALS.has(code.slice(0, 2))
}
