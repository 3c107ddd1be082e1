import { UsageError } from '#kernel/errors.ts'

const EXPECTED = {
  positive: { words: 'a number above 0', holds: (value: number) => value > 0 },
  'from-zero': { words: 'a number of 0 or more', holds: (value: number) => value >= 0 },
  whole: {
    words: 'a whole number above 0',
    holds: (value: number) => value > 0 && Number.isSafeInteger(value),
  },
} as const

/** A flag that takes a number; anything else is refused with what was typed. */
export function numberOption(name: string, describe: string, kind: keyof typeof EXPECTED = 'positive') {
  const { words, holds } = EXPECTED[kind]
  return {
    type: 'string',
    requiresArg: true,
    describe,
    coerce(text: string | number | undefined): number | undefined {
      if (text === undefined) return undefined
      const value = String(text).trim() === '' ? Number.NaN : Number(text)
      if (Number.isFinite(value) && holds(value)) return value
      throw new UsageError(`--${name} "${text}": expected ${words}`)
    },
  } as const
}
