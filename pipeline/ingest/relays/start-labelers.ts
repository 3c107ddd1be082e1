import { createChronicle } from '#pipeline/ingest/chronicle.ts'
import { findPlace } from '#pipeline/ingest/find-place.ts'
import type { IngesterOptions } from '#pipeline/ingest/ingester-options.ts'
import { labelSource } from '#pipeline/ingest/sources/label-source.ts'
import { type LinesContext, startLines } from '#pipeline/ingest/start-lines.ts'
import type { Heard } from './heard.ts'

/** Hears all labelers at once, each behind a cursor of its own. Throws `UsageError` when the dialect has no labels. */
export async function startLabelers(
  { redis, counts, memory }: Pick<LinesContext, 'redis' | 'counts' | 'memory'>,
  hosts: readonly string[],
  options: IngesterOptions,
): Promise<Heard> {
  const source = labelSource(options)
  const heard = await Promise.all(
    hosts.map(async (relay) => ({
      relay,
      place: await findPlace(redis, { ...options, relay }),
      chronicle: createChronicle(options.log, counts),
      onEnd() {},
    })),
  )
  const lines = heard.map((one) =>
    startLines({ redis, counts, memory, source, chronicle: one.chronicle }, [one], options),
  )
  return {
    expected: hosts.length,
    get isRefused() {
      return lines.some((one) => one.isRefused)
    },
    async stop() {
      await Promise.all(lines.map((one) => one.stop()))
    },
  }
}
