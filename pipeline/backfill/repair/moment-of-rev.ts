const DIGITS = '234567abcdefghijklmnopqrstuvwxyz'

/** A TID, https://atproto.com/specs/tid. */
const TID = /^[2-7a-j][2-7a-z]{12}$/

/**
 * When a revision was made by the clock of its host, in milliseconds since the epoch; `null` when it is no TID. The
 * last two digits tell hosts apart, the others are microseconds.
 */
export function momentOfRev(rev: string): number | null {
  if (!TID.test(rev)) return null
  let micros = 0
  for (const digit of rev.slice(0, 11)) micros = micros * 32 + DIGITS.indexOf(digit)
  return micros / 1_000
}
