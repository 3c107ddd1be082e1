import { createLatencies, type Latencies } from '#loadtest/latency/latencies.ts'
import type { FlowLatencies, LoadRun } from './load-run.ts'

/** One kind of waiting, and what it is. */
export interface Kind {
  readonly name: string
  readonly latencies: Latencies
  readonly method: string
}

/** Every kind of waiting that a run timed, named so that no two are alike. */
export function kindsOf({ latencies, scenario }: LoadRun): Kind[] {
  const since = (flow: string) => {
    const closed = scenario.flows.find(({ name }) => name === flow)?.model === 'closed'
    return closed ? 'closed loop: from the moment it was made' : 'open model: from the intended time'
  }
  return latencies.flatMap((of) => {
    const flow = latencies.length > 1 ? `${of.flow} ` : ''
    const from = since(of.flow)
    return [
      { name: `${flow}published`, latencies: of.published, method: `${from} to the call` },
      { name: `${flow}acknowledged`, latencies: of.acknowledged, method: `${from} to the reply of Redis` },
      {
        name: `${flow}delivered`,
        latencies: of.delivered,
        method: `${from} to a consumer, to the millisecond`,
      },
      ...committedKinds(of, flow, from),
      ...(of.claimed.count === 0
        ? []
        : [
            {
              name: `${flow}claimed`,
              latencies: of.claimed,
              method: 'from a delivery to the next one of the same entry',
            },
          ]),
    ]
  })
}

function committedKinds({ committed }: FlowLatencies, flow: string, from: string): Kind[] {
  const method = `${from} to the commit of the sink, to the millisecond`
  const all = createLatencies()
  for (const latencies of committed.values()) all.merge(latencies)
  const ofGroups = [...committed].map(([group, latencies]) => ({
    name: `${flow}${group} committed`,
    latencies,
    method,
  }))
  return [{ name: `${flow}committed`, latencies: all, method }, ...(committed.size > 1 ? ofGroups : [])]
}
