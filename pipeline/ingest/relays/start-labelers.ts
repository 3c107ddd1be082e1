import { createChronicle } from '#pipeline/ingest/chronicle.ts'
import { findPlace } from '#pipeline/ingest/find-place.ts'
import type { IngesterOptions } from '#pipeline/ingest/ingester-options.ts'
import { subscriptionUrl } from '#pipeline/ingest/relay/subscription-url.ts'
import { labelSource } from '#pipeline/ingest/sources/label-source.ts'
import { type Line, type LineContext, startLine } from '#pipeline/ingest/start-line.ts'
import type { Relays } from './start-relays.ts'

/** Hears all labelers at once, each behind a cursor of its own. Throws `UsageError` when one is none. */
export async function startLabelers(
  { redis, counts, memory }: Pick<LineContext, 'redis' | 'counts' | 'memory'>,
  options: IngesterOptions,
): Promise<Relays> {
  const hosts = (options.labels ?? '').split(',').map((host) => host.trim())
  for (const host of hosts) subscriptionUrl(host, null)
  const source = labelSource(options)
  const owns = hosts.map((relay) => ({ ...options, relay }))
  const places = await Promise.all(owns.map((own) => findPlace(redis, own)))
  const lines = places.flatMap((place, index): Line[] => {
    const own = owns[index]
    const chronicle = createChronicle(options.log, counts)
    return own ? [startLine({ redis, counts, memory, chronicle, source, onEnd() {} }, place, own)] : []
  })
  return {
    expected: lines.length,
    get isRefused() {
      return lines.some((line) => line.isRefused)
    },
    async stop() {
      await Promise.all(lines.map((line) => line.stop()))
    },
  }
}
