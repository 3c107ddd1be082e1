import type { Redis } from 'ioredis'
import type { MetricsSource } from '#kernel/http/serve.ts'
import { gapStream } from '#pipeline/contract.ts'
import type { IngestCounts } from '#pipeline/ingest/counts.ts'

/**
 * Metrics whose open gaps are counted at the scrape, because it is another process that closes them. While Redis does
 * not answer there is no sample: nobody knows.
 */
export function withOpenGaps(
  source: MetricsSource,
  counts: IngestCounts,
  { redis, stream }: { readonly redis: Redis; readonly stream: string },
): MetricsSource {
  return {
    contentType: source.contentType,
    async metrics() {
      counts.openGaps = await redis.xlen(gapStream(stream)).catch(() => null)
      return await source.metrics()
    },
  }
}
