import type { Redis } from 'ioredis'
import { systemClock } from '#kernel/time/clock.ts'
import { divy } from '#pipeline/dialects/divy/divy.ts'
import { collectionFilter } from '#pipeline/ingest/frames/collection-filter.ts'
import type { IngesterOptions } from '#pipeline/ingest/ingester-options.ts'
import type { LineSource } from '#pipeline/ingest/sources/line-source.ts'
import { openKeyFinder } from '#pipeline/ingest/verify/open-key-finder.ts'
import { hearFirehose } from './hear-firehose.ts'

/**
 * The firehose as the reference client reads it: with hashes checked, and with `signature` also the key and the tree of
 * the account. It withholds the handles of identities, drops ops whose block is missing, and accounts in a state that it
 * does not know, and is stopped by a frame that it cannot decode.
 */
export function atprotoSyncSource(redis: Redis, options: IngesterOptions): LineSource {
  const { collections, dialect = divy, verify } = options
  const isWanted = collectionFilter(collections)
  return {
    verify: 'none',
    fields: dialect.fields,
    hear: (hearing) =>
      hearFirehose(hearing, isWanted, verify === 'signature' ? openKeyFinder(redis, options) : null),
    encode: (texts) => dialect.encode(texts, systemClock.now()),
  }
}
