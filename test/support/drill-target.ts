import { join } from 'node:path'
import type { Redis } from 'ioredis'
import type { Target, Victim } from '#chaos/target.ts'
import { openUndoJournal } from '#chaos/undo-journal.ts'
import { type Child, startChild } from '#kernel/process/child.ts'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import type { PrivateRedis } from '#kernel/redis/private-redis.ts'
import { cursorKey } from '#pipeline/contract.ts'

/** The cursor of the relay that the target hears. */
export const CURSOR = cursorKey('live', 'relay.test')

/** A target whose Redis is real, and whose processes only exist: enough for faults, which look from outside. */
export interface DrillTarget extends AsyncDisposable {
  readonly target: Target
  /** Keeps the stream growing until it is stopped; what Redis refuses is left out. */
  flow(): AsyncDisposable
  /** Has `indexer-1` read some entries and not acknowledge them. */
  hold(entries: number): Promise<void>
}

export async function aDrillTarget(server: PrivateRedis, redis: Redis): Promise<DrillTarget> {
  await using parts = new AsyncDisposableStack()
  const folder = parts.use(await temporaryFolder('drill'))
  const ingester = parts.use(await aVictim())
  const consumer = parts.use(await aVictim())
  const target: Target = {
    redisUrl: server.url,
    stream: 'live',
    group: 'indexers',
    redis: server,
    ingester,
    consumers: new Map([['indexer-1', consumer]]),
    undo: openUndoJournal(join(folder.path, 'undo.ndjson')),
  }
  await redis.xadd('live', '*', 'event', '{}')
  await redis.set(CURSOR, '5')
  await redis.xgroup('CREATE', 'live', 'indexers', '0')
  const owned = parts.move()
  return {
    target,
    flow() {
      const timer = setInterval(() => void redis.xadd('live', '*', 'event', '{}').catch(() => {}), 2)
      return { [Symbol.asyncDispose]: async () => clearInterval(timer) }
    },
    async hold(entries) {
      for (let entry = 0; entry < entries; entry++) await redis.xadd('live', '*', 'event', '{}')
      await redis.xreadgroup('GROUP', 'indexers', 'indexer-1', 'COUNT', entries, 'STREAMS', 'live', '>')
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

/** A process that does nothing for as long as it is left alone. */
async function aVictim(): Promise<Victim & AsyncDisposable> {
  let child: Child | null = null
  const victim = {
    get pid() {
      return child?.pid ?? null
    },
    async start() {
      if (child) return
      const started = await startChild('sleep', ['600'], { name: 'victim' })
      child = started
      void started.ended.then(() => {
        if (child === started) child = null
      })
    },
    async kill(signal: NodeJS.Signals) {
      await child?.kill(signal)
    },
    async [Symbol.asyncDispose]() {
      await child?.kill('SIGKILL')
    },
  }
  await victim.start()
  return victim
}
