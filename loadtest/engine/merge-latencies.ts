import { createLatencies, decodeLatencies, type Latencies } from '#loadtest/latency/latencies.ts'
import type { ConsumerEnd } from './consumer-plan.ts'
import type { FlowLatencies } from './load-run.ts'
import type { ProducerEnd } from './producer-plan.ts'

/** What all threads timed, by flow: the histograms of the producers, and those of the groups. */
export function mergeLatencies(
  flows: readonly string[],
  producers: readonly (ProducerEnd & { readonly flow: string })[],
  consumers: readonly ConsumerEnd[],
): FlowLatencies[] {
  return flows.map((flow, place) => {
    const ours = producers.filter((producer) => producer.flow === flow)
    const ofGroups = consumers.flatMap((consumer) => {
      const kinds = consumer.latencies[place]
      return kinds ? [{ group: consumer.group, ...kinds }] : []
    })
    return {
      flow,
      published: merged(ours.map(({ latencies }) => latencies.published)),
      acknowledged: merged(ours.map(({ latencies }) => latencies.acknowledged)),
      delivered: merged(ofGroups.map(({ delivered }) => delivered)),
      committed: new Map(ofGroups.map(({ group, committed }) => [group, decodeLatencies(committed)])),
      claimed: merged(ofGroups.map(({ claimed }) => claimed)),
    }
  })
}

function merged(encoded: readonly string[]): Latencies {
  const all = createLatencies()
  for (const text of encoded) all.merge(decodeLatencies(text))
  return all
}
