import type { Check } from './check.ts'

/** Whether a check asks about streams and groups as they are now, rather than about how the server is set up. */
export function isLive({ needs }: Check): boolean {
  return needs.some((name) => name === 'streams' || name === 'groups')
}
