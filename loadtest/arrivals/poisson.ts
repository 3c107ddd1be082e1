import type { Random } from '#loadtest/network/random.ts'

/** Where the product of uniforms gets too long and the normal law is close enough. */
const LARGE = 30

/**
 * How many independent arrivals come where `mean` are expected. Knuth's product of uniforms
 * (The Art of Computer Programming, volume 2, 3.4.1); above a mean of 30 the normal law that it approaches.
 */
export function poisson(mean: number, random: Random): number {
  if (mean > LARGE) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)))
  const limit = Math.exp(-mean)
  let count = 0
  for (let product = random.next(); product > limit; product *= random.next()) count++
  return count
}

/** Box and Muller's way from two uniforms to a normal variate. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
}
