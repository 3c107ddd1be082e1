import type { Redis } from 'ioredis'
import { DependencyError } from '#kernel/errors.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { parseInfo } from '#kernel/redis/parse-info.ts'
import { systemClock } from '#kernel/time/clock.ts'
import { type Duration, seconds } from '#kernel/time/duration.ts'
import { isDrained } from '#loadtest/engine/is-drained.ts'
import { ensureGroup } from '#pipeline/consume/ensure-group.ts'
import { companionKeys } from '#pipeline/contract.ts'
import { type Observer, observe } from './observe.ts'
import type { End, Head, Snapshot, SustainedRun } from './snapshot.ts'
import { openSnapshots } from './snapshot-file.ts'
import type { SustainedPlan } from './sustained-plan.ts'

export interface RunSustained {
  readonly plan: SustainedPlan
  readonly redisUrl: string
  readonly environment: Readonly<Record<string, string>>
  readonly caveats: readonly string[]
  readonly onSnapshot: (snapshot: Snapshot) => void
  /** Ends the run early; what was seen until then is returned. */
  readonly signal: AbortSignal
}

const DRAIN_WITHIN = seconds(60)
const DRAIN_WITHIN_WHEN_STOPPED = seconds(10)
const LOOK_EVERY = 50

export interface Ended {
  readonly run: SustainedRun
  /** What cut it short, to be thrown again once the report is written. */
  readonly cutShort: Error | null
}

/**
 * Reads and writes for as long as the plan says. Every snapshot is on the disk before the next is taken. What breaks on the
 * way ends the run and is returned with what was seen before; only what keeps it from beginning is thrown. No key and no
 * process of ours is left.
 */
export async function runSustained({
  plan,
  redisUrl,
  onSnapshot,
  signal,
  ...place
}: RunSustained): Promise<Ended> {
  await using parts = new AsyncDisposableStack()
  const stream = `standpipe:sustained:${process.pid}`
  const cursor = `${stream}:cursor`
  const redis = parts.adopt(await connectRedis(redisUrl, { name: 'standpipe-sustained' }), (client) =>
    client.disconnect(),
  )
  parts.defer(() => removeTraces(redis, stream, cursor, plan.groups))
  for (const group of plan.groups) await ensureGroup(redis, { stream, group, consumer: '' }, null)
  const head = toHead(plan, place, await readMaxmemory(redis))
  const file = parts.use(await openSnapshots(plan.folder, head))
  const observer = parts.use(await observe({ plan, redis, redisUrl, stream, cursor, signal }))

  const snapshots: Snapshot[] = []
  const look = async (draining: boolean) => {
    const snapshot = await observer.look(draining)
    snapshots.push(snapshot)
    await file.keep(snapshot)
    onSnapshot(snapshot)
  }
  let cutShort: Error | null = null
  let drained = false
  try {
    await lookUntilSent(observer, plan, look)
    drained = await drain(observer, redis, stream, signal.aborted ? DRAIN_WITHIN_WHEN_STOPPED : DRAIN_WITHIN)
    await observer.stop()
    await look(true)
    if (signal.aborted) cutShort = signal.reason as Error
  } catch (error) {
    cutShort = error as Error
  }
  const end: End = {
    ended: true,
    finishedAt: new Date().toISOString(),
    drained,
    cutShort: cutShort?.message ?? null,
  }
  await file.keep(end).catch((error: Error) => {
    cutShort ??= error
  })
  return { run: { head, snapshots, end }, cutShort }
}

function toHead(
  { lastsMs, rate, soak }: SustainedPlan,
  { environment, caveats }: Pick<RunSustained, 'environment' | 'caveats'>,
  maxmemoryBytes: number,
): Head {
  return {
    schema: 'standpipe/sustained@1',
    startedAt: new Date().toISOString(),
    environment: { ...environment },
    lastsMs,
    rate,
    soak,
    maxmemoryBytes,
    caveats: [...caveats],
  }
}

async function lookUntilSent(
  observer: Observer,
  { sampleEveryMs }: SustainedPlan,
  look: (draining: boolean) => Promise<void>,
): Promise<void> {
  const over = new AbortController()
  const sent = observer.sent.finally(() => over.abort())
  sent.catch(() => {})
  while (!over.signal.aborted) {
    const nextAt = performance.now() + sampleEveryMs
    for (let left = sampleEveryMs; left > 0 && !over.signal.aborted; left = nextAt - performance.now()) {
      await systemClock.sleep(Math.min(left, seconds(1)), over.signal).catch(() => {})
      observer.throwIfFailed()
    }
    await look(false)
  }
  await sent
}

/** Whether everything sent was confirmed, delivered and acknowledged in time. */
async function drain(observer: Observer, redis: Redis, stream: string, within: Duration): Promise<boolean> {
  const deadline = performance.now() + within
  while (performance.now() < deadline) {
    if (observer.isConfirmed && (await isDrained(redis, [stream]))) return true
    observer.throwIfFailed()
    await systemClock.sleep(LOOK_EVERY)
  }
  return false
}

async function readMaxmemory(redis: Redis): Promise<number> {
  const bytes = Number(parseInfo(await redis.info('memory')).get('maxmemory'))
  if (Number.isFinite(bytes)) return bytes
  throw new DependencyError('Redis does not tell its maxmemory; give a user who may run INFO')
}

/** A server that is gone keeps nothing of ours that anybody could still find. */
async function removeTraces(
  redis: Redis,
  stream: string,
  cursor: string,
  groups: readonly string[],
): Promise<void> {
  const companions = groups.flatMap((group) => companionKeys(stream, group))
  await redis.unlink(stream, cursor, ...new Set(companions)).catch(() => {})
}
