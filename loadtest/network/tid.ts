/** The digits of a TID in the order of their value, which is also their order as text. */
const DIGITS = '234567abcdefghijklmnopqrstuvwxyz'

const FIVE_DIGITS = 2 ** 25

/**
 * The TID of a moment: 13 characters, 53 bits of microseconds since the Unix epoch and 10 bits of clock
 * identifier, https://atproto.com/specs/tid.
 */
export function tidOf(micros: number, clockId: number): string {
  return digits(Math.floor(micros / FIVE_DIGITS), 6) + digits(micros % FIVE_DIGITS, 5) + digits(clockId, 2)
}

/** Hands out TIDs that only ever increase, at or after the given time in milliseconds. */
export function tidClock(clockId: number): (nowMs: number) => string {
  let last = 0
  return (nowMs) => {
    last = Math.max(last + 1, Math.floor(nowMs * 1_000))
    return tidOf(last, clockId)
  }
}

function digits(value: number, count: number): string {
  let text = ''
  let rest = value
  for (let place = 0; place < count; place += 1) {
    text = DIGITS.charAt(rest & 31) + text
    rest >>>= 5
  }
  return text
}
