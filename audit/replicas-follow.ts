import { compareVersions } from './compare-versions.ts'
import type { ServerProduct } from './to-product.ts'

/** Whether replicas know what groups have read on the primary: https://github.com/redis/redis/pull/12898 */
export function replicasFollow({ product, version }: ServerProduct): boolean {
  const since = { redis: '7.4.0', valkey: '8.0.0', dragonfly: null, keydb: null }[product]
  return since !== null && compareVersions(version, since) >= 0
}
