import { systemClock } from '#kernel/time/clock.ts'
import { divy } from '#pipeline/dialects/divy/divy.ts'
import { collectionFilter } from '#pipeline/ingest/frames/collection-filter.ts'
import { readFrame } from '#pipeline/ingest/frames/read-frame.ts'
import type { IngesterOptions } from '#pipeline/ingest/ingester-options.ts'
import { hearSocket } from './hear-socket.ts'
import type { LineSource } from './line-source.ts'

/** The firehose: what happens in repos. */
export function repoSource({
  collections,
  dialect = divy,
  verify = 'cid',
  frameBytes,
  recordBytes,
}: IngesterOptions): LineSource {
  const isWanted = collectionFilter(collections)
  return {
    verify,
    fields: dialect.fields,
    hear: hearSocket(
      'com.atproto.sync.subscribeRepos',
      (message) => readFrame(message, isWanted, verify !== 'none', recordBytes),
      frameBytes,
    ),
    encode: (texts) => dialect.encode(texts, systemClock.now()),
  }
}
