/** The first patch of each release whose XTRIM ~ with ACKED removes anything; releases from 8.6 on do. */
const MENDED_IN: Readonly<Record<string, number>> = { '8.2': 7, '8.4': 4 }
const MENDED_FROM = { major: 8, minor: 6 }

/**
 * Whether this version of Redis trims as asked with `~` and ACKED. Those before remove nothing, and the stream would
 * grow until memory is full: https://github.com/redis/redis/pull/14623. A version that cannot be read, and any but
 * a release, is a no.
 */
export function isAckedMended(version: string | null): boolean {
  const [, major, minor, patch] = /^(\d+)\.(\d+)\.(\d+)$/.exec(version ?? '') ?? []
  if (major === undefined || minor === undefined) return false
  const mended = MENDED_IN[`${major}.${minor}`]
  if (mended !== undefined) return Number(patch) >= mended
  if (Number(major) !== MENDED_FROM.major) return Number(major) > MENDED_FROM.major
  return Number(minor) >= MENDED_FROM.minor
}
