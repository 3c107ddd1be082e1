import { createRequire } from 'node:module'

// The package has no types, so it is required.
const calculate = createRequire(import.meta.url)('cluster-key-slot') as (key: string) => number

/**
 * In which slot of a cluster a key lies; what is between the first braces alone decides, where there are any.
 * https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/#hash-tags
 */
export function keySlot(key: string): number {
  return calculate(key)
}
