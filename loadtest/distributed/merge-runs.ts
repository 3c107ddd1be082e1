import type { ConsumerEnd } from '#loadtest/engine/consumer-plan.ts'
import type { FlowLatencies, FlowOfGroup, LoadRun } from '#loadtest/engine/load-run.ts'
import type { Reconciled } from '#loadtest/engine/reconcile-load.ts'
import { createLatencies } from '#loadtest/latency/latencies.ts'
import { addLedgers } from '#loadtest/ledger/add-ledgers.ts'
import { decodeFlowLatencies, type WorkerResult } from './worker-result.ts'

/**
 * The run that all machines made together: histograms and ledgers added, the longest time of each kind. What one of
 * them does not know is known of none. Throws `RangeError` without any.
 */
export function mergeRuns(results: readonly WorkerResult[]): LoadRun {
  const [first] = results
  if (!first) throw new RangeError('no run to merge')
  const runs = results.map(({ run }) => run)
  const { scenario, seed } = first
  const known = <T>(values: readonly (T | null)[]): T[] | null =>
    values.includes(null) ? null : (values as T[])
  const most = (values: readonly (number | null)[]) => {
    const all = known(values)
    return all === null ? null : Math.max(...all)
  }
  return {
    scenario,
    seed,
    planned: scenario.flows.map((_, flow) => sum(runs.map(({ planned }) => planned[flow] ?? 0))),
    producers: results.flatMap(({ run, worker }) =>
      run.producers.map((end) => ({ ...end, name: `${end.name}, worker ${worker.index}` })),
    ),
    consumers: scenario.groups.flatMap(({ name }) => mergeConsumers(name, runs) ?? []),
    latencies: scenario.flows.map(({ name }) => mergeLatencies(name, results)),
    flows: scenario.flows.flatMap(({ name: flow }) =>
      scenario.groups.map(({ name: group }) => ({
        flow,
        group,
        books: mergeBooks(flow, group, results),
        samples: [],
      })),
    ),
    selves: results.flatMap(({ run, worker }) =>
      run.selves.map((self) => ({ ...self, name: `${self.name}, worker ${worker.index}` })),
    ),
    consumerSelves: runs.flatMap(({ consumerSelves }) => consumerSelves),
    loadMs: Math.max(...runs.map(({ loadMs }) => loadMs)),
    drainMs: most(runs.map(({ drainMs }) => drainMs)),
    silentForMs: Math.max(...runs.map(({ silentForMs }) => silentForMs)),
    redisCpuShare: most(runs.map(({ redisCpuShare }) => redisCpuShare)),
    machineCpuShare: most(runs.map(({ machineCpuShare }) => machineCpuShare)),
    maxmemoryBytes: first.run.maxmemoryBytes,
    interrupted: runs.find(({ interrupted }) => interrupted !== null)?.interrupted ?? null,
  }
}

type Runs = readonly WorkerResult['run'][]

/** `null` when the group never began anywhere. */
function mergeConsumers(group: string, runs: Runs): ConsumerEnd | null {
  const ends = runs.flatMap(({ consumers }) => consumers.filter((end) => end.group === group))
  if (ends.length < runs.length) return null
  return {
    group,
    latencies: [],
    redelivered: sum(ends.map(({ redelivered }) => redelivered)),
    reclaimed: sum(ends.map(({ reclaimed }) => reclaimed)),
    lostBodies: sum(ends.map(({ lostBodies }) => lostBodies)),
    redisErrors: sum(ends.map(({ redisErrors }) => redisErrors)),
    undrained: ends.find(({ undrained }) => undrained !== null)?.undrained ?? null,
  }
}

function mergeLatencies(flow: string, results: readonly WorkerResult[]): FlowLatencies {
  const merged = {
    flow,
    published: createLatencies(),
    acknowledged: createLatencies(),
    delivered: createLatencies(),
    committed: new Map<string, ReturnType<typeof createLatencies>>(),
    claimed: createLatencies(),
  }
  const ours = results.flatMap(({ run }) => run.latencies.filter((one) => one.flow === flow))
  for (const one of ours.map(decodeFlowLatencies)) {
    for (const kind of ['published', 'acknowledged', 'delivered', 'claimed'] as const)
      merged[kind].merge(one[kind])
    for (const [group, latencies] of one.committed) {
      const all = merged.committed.get(group) ?? createLatencies()
      all.merge(latencies)
      merged.committed.set(group, all)
    }
  }
  return merged
}

function mergeBooks(flow: string, group: string, results: readonly WorkerResult[]): FlowOfGroup['books'] {
  const books: Reconciled[] = []
  for (const { run, worker } of results) {
    const found = run.flows.find((one) => one.flow === flow && one.group === group)?.books
    if (!found || 'missing' in found) {
      return {
        missing: `worker ${worker.index} has no books: ${found ? found.missing : 'the group never began'}`,
      }
    }
    books.push(found)
  }
  return {
    ledger: addLedgers(books.map(({ ledger }) => ledger)),
    poisoned: sum(books.map(({ poisoned }) => poisoned)),
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
