import type { Redis } from 'ioredis'
import { LIVE_STREAM } from '#pipeline/contract.ts'

const BATCH = 20_000
const ADD = "for i = 1, ARGV[2] do redis.call('XADD', KEYS[1], '*', 'event', ARGV[1]) end"
const READ =
  "redis.call('XREADGROUP', 'GROUP', ARGV[1], 'indexer-1', 'COUNT', ARGV[2], 'STREAMS', KEYS[1], '>') return 1"

export interface StreamLoad {
  readonly entries: number
  readonly entryBytes: number
  /** Each is delivered every entry, and acknowledges none. */
  readonly groups: number
}

/** Fills the live stream inside the server, some ten thousand entries per call. */
export async function fillStream(redis: Redis, load: StreamLoad, signal: AbortSignal): Promise<void> {
  const event = JSON.stringify({
    seq: 1,
    time: '2026-02-01T00:00:00.000Z',
    text: 'x'.repeat(load.entryBytes - 60),
  })
  for (let added = 0; added < load.entries; added += BATCH) {
    signal.throwIfAborted()
    await redis.eval(ADD, 1, LIVE_STREAM, event, Math.min(BATCH, load.entries - added))
  }
  for (let group = 1; group <= load.groups; group++) {
    await redis.xgroup('CREATE', LIVE_STREAM, `group-${group}`, '0')
    for (let read = 0; read < load.entries; read += BATCH) {
      signal.throwIfAborted()
      await redis.eval(READ, 1, LIVE_STREAM, `group-${group}`, BATCH)
    }
  }
}
