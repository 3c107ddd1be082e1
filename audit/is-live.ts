import type { Check } from './check.ts'
import type { EvidenceName } from './evidence.ts'

/** Evidence that is about one stream or another. */
export const STREAM_EVIDENCE: ReadonlySet<EvidenceName> = new Set([
  'streams',
  'groups',
  'newest',
  'footprints',
  'cursors',
  'window',
])

/** Whether a check asks about streams and groups as they are now, rather than about how the server is set up. */
export function isLive({ needs }: Check): boolean {
  return needs.some((name) => STREAM_EVIDENCE.has(name))
}
