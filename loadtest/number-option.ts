import { UsageError } from '#kernel/errors.ts'

/** A flag that takes a number above 0, or from 0 on where `orZero`; anything else is refused with what was typed. */
export function numberOption(name: string, describe: string, orZero = false) {
  return {
    type: 'string',
    requiresArg: true,
    describe,
    coerce: (text: string | number | undefined) => parseNumber(name, text, orZero),
  } as const
}

function parseNumber(name: string, text: string | number | undefined, orZero: boolean): number | undefined {
  if (text === undefined) return undefined
  const value = String(text).trim() === '' ? Number.NaN : Number(text)
  if (Number.isFinite(value) && (orZero ? value >= 0 : value > 0)) return value
  throw new UsageError(`--${name} "${text}": expected a number ${orZero ? 'of 0 or more' : 'above 0'}`)
}
