const few = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 })
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** Whole numbers in full with separators, fractions to three digits, extremes with an exponent. */
export function formatNumber(value: number): string {
  const magnitude = Math.abs(value)
  if (!Number.isFinite(value) || magnitude === 0) return Number.isFinite(value) ? '0' : '–'
  if (magnitude >= 1e15 || magnitude < 1e-6) return value.toExponential(2).replace(/\.?0+e/, 'e')
  return magnitude >= 1_000 || Number.isInteger(value) ? whole.format(value) : few.format(value)
}
