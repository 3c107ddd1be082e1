import { performance } from 'node:perf_hooks'
import type { Redis } from 'ioredis'
import { createLatencies } from '#loadtest/latency/latencies.ts'
import type { BaselineCommand } from './baseline-command.ts'
import type { CellRun } from './cell.ts'
import type { Scene } from './scene.ts'

export interface CellPlan {
  /** One connection per client. */
  readonly clients: readonly Redis[]
  readonly lastsMs: number
  /** Calls after which it ends early, so that the cells after it find something left. */
  readonly mostCalls: number
  readonly signal: AbortSignal
}

/** Every client calls as soon as its last call was answered: a closed loop, which tells service time. */
export async function measureCell(
  command: BaselineCommand,
  scene: Scene,
  { clients, lastsMs, mostCalls, signal }: CellPlan,
): Promise<CellRun> {
  const latencies = createLatencies()
  const before = performance.eventLoopUtilization()
  const startedAt = performance.now()
  let left = mostCalls
  await Promise.all(
    clients.map(async (redis, client) => {
      const call = command.begin(scene, redis, client)
      while (performance.now() - startedAt < lastsMs && left > 0) {
        left -= 1
        signal.throwIfAborted()
        const sentAt = performance.now()
        if (!(await call())) break
        latencies.record(performance.now() - sentAt)
      }
    }),
  )
  const { payloadBytes, depth, pending } = scene
  return {
    cell: { command: command.id, payloadBytes, depth, pending, clients: clients.length },
    entriesPerCall: command.entriesPerCall,
    tookMs: performance.now() - startedAt,
    latencies,
    busy: performance.eventLoopUtilization(before).utilization,
  }
}
