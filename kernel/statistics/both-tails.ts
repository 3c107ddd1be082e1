/**
 * The share of a normal distribution that lies at least this many standard deviations from its middle, on either side.
 * Right to 1.5e-7 (Abramowitz & Stegun 7.1.26).
 */
export function bothTails(deviations: number): number {
  const x = Math.abs(deviations) / Math.SQRT2
  const t = 1 / (1 + 0.3275911 * x)
  const [a, b, c, d, e] = [0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429]
  return t * (a + t * (b + t * (c + t * (d + t * e)))) * Math.exp(-x * x)
}
