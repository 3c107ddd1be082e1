import { build as buildHistogram } from 'hdr-histogram-js'
import type { Redis } from 'ioredis'
import { parseInfo } from '#kernel/redis/parse-info.ts'
import { createAppend } from '#pipeline/ingest/append/append.ts'
import type { Batch } from '#pipeline/ingest/append/batch.ts'
import type { CapacityRun, CapacitySample } from './capacity-run.ts'

export interface CapacityPlan {
  readonly redis: Redis
  readonly stream: string
  readonly cursor: string
  readonly entries: number
  /** Hands over that many finished entries, each the JSON of one event. */
  readonly next: (count: number) => readonly string[]
  readonly fields: readonly string[]
  readonly update: (appended: number) => void
  readonly signal: AbortSignal
}

const BATCH_ENTRIES = 500
const IN_FLIGHT = 2
const SAMPLE_EVERY_BATCHES = 10
const PERCENTILES = [0, 25, 50, 75, 90, 95, 99, 99.5, 99.9, 99.99, 100]

/** Appends the entries as the ingester does, as fast as Redis takes them, and watches the memory meanwhile. */
export async function measureCapacity(plan: CapacityPlan): Promise<CapacityRun> {
  const { redis, entries, signal } = plan
  const append = createAppend(redis, { stream: plan.stream, cursor: plan.cursor, highWater: entries + 1 })
  const histogram = buildHistogram({ lowestDiscernibleValue: 1, highestTrackableValue: 60_000_000 })
  const samples: CapacitySample[] = []
  const before = await readMemory(redis)
  const startedAt = performance.now()
  let added = 0
  let calls = 0

  const store = async (batch: Batch) => {
    const sentAt = performance.now()
    const reply = await append(batch)
    histogram.recordValue(Math.max(1, Math.round((performance.now() - sentAt) * 1_000)))
    if (reply.outcome !== 'appended') throw new Error(`the append answered ${reply.outcome}`)
    added += reply.added
    calls += 1
    if (calls % SAMPLE_EVERY_BATCHES === 1) await sample()
  }
  const sample = async () => {
    const { usedBytes } = await readMemory(redis)
    samples.push({ at: (performance.now() - startedAt) / 1_000, appended: added, usedMemoryBytes: usedBytes })
    plan.update(added)
  }

  const flying = new Set<Promise<void>>()
  for (const batch of batches(plan)) {
    signal.throwIfAborted()
    const stored = store(batch).finally(() => flying.delete(stored))
    flying.add(stored)
    if (flying.size >= IN_FLIGHT) await Promise.race(flying)
  }
  await Promise.all(flying)
  const tookMs = performance.now() - startedAt
  await sample()

  const after = await readMemory(redis)
  return {
    asked: entries,
    added,
    length: await redis.xlen(plan.stream),
    tookMs,
    baselineBytes: before.usedBytes,
    usedBytes: after.usedBytes,
    maxmemoryBytes: after.maxmemoryBytes,
    aofBytes: before.aofBytes === null || after.aofBytes === null ? null : after.aofBytes - before.aofBytes,
    samples,
    latency: PERCENTILES.map((percentile) => [
      percentile,
      histogram.getValueAtPercentile(percentile) / 1_000,
    ]),
    calls,
  }
}

/** One event of the firehose is one commit of one entry here; the sequence is the event's number. */
function* batches({ entries, next, fields }: CapacityPlan): Generator<Batch> {
  for (let from = 0; from < entries; from += BATCH_ENTRIES) {
    const values = next(Math.min(BATCH_ENTRIES, entries - from))
    const commits = values.map((value, index) => ({ seq: from + index + 1, values: [value] }))
    yield { fields, commits, after: from === 0 ? null : from, upTo: from + values.length }
  }
}

async function readMemory(redis: Redis) {
  const info = parseInfo(await redis.info())
  const aof = info.get('aof_current_size')
  return {
    usedBytes: Number(info.get('used_memory')),
    maxmemoryBytes: Number(info.get('maxmemory')),
    aofBytes: aof === undefined ? null : Number(aof),
  }
}
