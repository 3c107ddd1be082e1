import type { Redis } from 'ioredis'
import type { IngesterOptions } from '#pipeline/ingest/ingester-options.ts'
import type { LineSource } from './line-source.ts'
import { repoSource } from './repo-source.ts'

/** How relays are heard. The reference client is loaded only where somebody asks for it: it is large. */
export async function chooseSource(redis: Redis, options: IngesterOptions): Promise<LineSource> {
  if (options.source !== 'atproto-sync') return repoSource(options)
  const { atprotoSyncSource } = await import('./atproto-sync/atproto-sync-source.ts')
  return atprotoSyncSource(redis, options)
}
