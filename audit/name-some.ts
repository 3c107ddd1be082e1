import { formatNumber } from '#kernel/format/format-number.ts'

const SHOWN = 3

/** `a, b, c and 9,997 more`: as many names as a sentence can hold. */
export function nameSome(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN).join(', ')
  return names.length > SHOWN ? `${shown} and ${formatNumber(names.length - SHOWN)} more` : shown
}
