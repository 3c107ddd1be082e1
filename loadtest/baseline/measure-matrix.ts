import type { Redis } from 'ioredis'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { BASELINE_COMMANDS } from './baseline-commands.ts'
import type { BaselinePlan } from './baseline-plan.ts'
import { type CellRun, SCENE_KINDS, type SceneKind } from './cell.ts'
import { measureCell } from './measure-cell.ts'
import { clearScene, layOutScene, type SceneSize } from './scene.ts'

/** Measures every square on one server, scene after scene, and removes what it laid out; the clients are connections of their own. */
export async function measureMatrix(
  redis: Redis,
  url: string,
  plan: BaselinePlan,
  update: (progress: string) => void,
  signal: AbortSignal,
): Promise<CellRun[]> {
  const stream = `standpipe:load:baseline:${process.pid}`
  const clients: Redis[] = []
  try {
    const most = Math.max(...plan.clients)
    while (clients.length < most) clients.push(await connectRedis(url, { name: 'standpipe-load-baseline' }))
    const runs: CellRun[] = []
    for (const kind of SCENE_KINDS) {
      for (const payloadBytes of plan.payloads) {
        const size = sizeOf(kind, payloadBytes, plan.depth)
        runs.push(...(await measureScene(kind, size, { stream, redis, clients, plan, update, signal })))
      }
    }
    return runs
  } finally {
    for (const client of clients) client.disconnect()
    // A server that died has nothing to remove; its own error says so.
    await clearScene(redis, stream).catch(() => {})
  }
}

function sizeOf(kind: SceneKind, payloadBytes: number, depth: number): SceneSize {
  return {
    payloadBytes,
    depth: kind === 'empty' ? 0 : depth,
    pending: kind === 'pending' ? Math.floor(depth / 2) : 0,
  }
}

interface On {
  readonly stream: string
  readonly redis: Redis
  readonly clients: readonly Redis[]
  readonly plan: BaselinePlan
  readonly update: (progress: string) => void
  readonly signal: AbortSignal
}

async function measureScene(
  kind: SceneKind,
  size: SceneSize,
  { stream, redis, clients, plan, update, signal }: On,
): Promise<CellRun[]> {
  const asked = BASELINE_COMMANDS.filter(({ id, on }) => plan.commands.includes(id) && on.includes(kind))
  if (asked.length === 0) return []
  update(`laying out ${size.depth} entries of ${size.payloadBytes} bytes`)
  const scene = await layOutScene(redis, stream, size, signal)
  const runs: CellRun[] = []
  for (const command of asked) {
    const supply = command.supply?.(scene) ?? Number.POSITIVE_INFINITY
    const mostCalls = Math.floor(supply / command.entriesPerCall / plan.clients.length)
    for (const count of plan.clients) {
      update(`${command.id}, ${size.payloadBytes} bytes, ${size.depth} deep, ${count} clients`)
      const cell = { clients: clients.slice(0, count), lastsMs: plan.cellMs, mostCalls, signal }
      runs.push(await measureCell(command, scene, cell))
    }
  }
  return runs
}
