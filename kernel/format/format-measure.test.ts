import fc from 'fast-check'
import { expect, test } from 'vitest'
import { UNITS } from '#kernel/report/report.ts'
import { formatMeasure } from './format-measure.ts'

test.each([
  { value: 0, unit: 'bytes', says: '0 B' },
  { value: 1023, unit: 'bytes', says: '1,023 B' },
  { value: 1024, unit: 'bytes', says: '1 KiB' },
  { value: 2 * 1024 ** 3, unit: 'bytes', says: '2 GiB' },
  { value: 611.4, unit: 'bytes/entry', says: '611 B/entry' },
  { value: 38_400_000, unit: 'bytes/s', says: '36.6 MiB/s' },
  { value: 0.042, unit: 'ms', says: '42 µs' },
  { value: 0.42, unit: 'ms', says: '0.42 ms' },
  { value: 999, unit: 'ms', says: '999 ms' },
  { value: 1443, unit: 'ms', says: '1.44 s' },
  { value: 0, unit: 'ms', says: '0 ms' },
  { value: 90, unit: 's', says: '90 s' },
  { value: 0.25, unit: 's', says: '250 ms' },
  { value: 150, unit: 's', says: '2.5 min' },
  { value: 1.5, unit: 'hours', says: '90 min' },
  { value: 12.5, unit: 'hours', says: '12.5 h' },
  { value: 124.8, unit: 'hours', says: '5.2 days' },
  { value: 200_000, unit: 'entries', says: '200,000 entries' },
  { value: 63_412.7, unit: 'entries/s', says: '63,413 entries/s' },
  { value: 27_000_000, unit: 'events', says: '27 million events' },
  { value: 0.9312, unit: 'ratio', says: '0.931' },
  { value: 1e300, unit: 'ratio', says: '1e+300' },
  { value: -3, unit: 'entries', says: '-3 entries' },
] as const)('$value in $unit reads "$says"', ({ value, unit, says }) => {
  expect(formatMeasure(value, unit)).toBe(says)
})

test('a value nobody could measure is never shown as a number', () => {
  for (const value of [null, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(formatMeasure(value, 'ms')).toBe('not measured')
  }
})

test('every finite value of every unit reads in one short line', () => {
  fc.assert(
    fc.property(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(...UNITS),
      (value, unit) => {
        const text = formatMeasure(value, unit)
        expect(text.length).toBeLessThan(40)
        expect(text).not.toMatch(/NaN|Infinity|undefined|not measured/)
      },
    ),
  )
})
