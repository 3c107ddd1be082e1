import { z } from 'zod'

/** A whole number, as text. */
export const wholeNumber = z.coerce.number('expected a whole number').int('expected a whole number')

/** A whole number above 0. */
export const count = wholeNumber.min(1, 'expected a whole number above 0')

/** A TCP port; 0 lets the system choose. */
export const port = wholeNumber
  .min(0, 'expected a port, 0 to 65535')
  .max(65_535, 'expected a port, 0 to 65535')

/** Bytes, or a number of kb, mb or gb of 1,024. */
export const bytes = z
  .string()
  .regex(/^\d+(kb|mb|gb)?$/i, 'expected bytes, or a number of kb, mb or gb')
  .transform(
    (text) =>
      Number.parseInt(text, 10) *
      1_024 ** ['', 'kb', 'mb', 'gb'].indexOf(text.replace(/^\d+/, '').toLowerCase()),
  )

/** true or false. */
export const flag = z.stringbool('expected true or false')

/** Anything but nothing. */
export const text = z.string().min(1, 'expected some text')

/** Words with commas between them. */
export const list = z.string().transform((words) =>
  words
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
)
