import type { Redis } from 'ioredis'
import { DependencyError } from '#kernel/errors.ts'
import { createLatencies } from '#loadtest/latency/latencies.ts'
import { createAppend } from '#pipeline/ingest/append/append.ts'
import type { AppendReply } from '#pipeline/ingest/append/append-reply.ts'
import type { Batch } from '#pipeline/ingest/append/batch.ts'
import type { CapacityRun, CapacitySample } from './capacity-run.ts'
import { readSize } from './read-size.ts'

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
const LOOKS = 200

/** Appends the entries as the ingester does, as fast as Redis takes them, and watches the memory meanwhile. */
export async function measureCapacity(plan: CapacityPlan): Promise<CapacityRun> {
  const { redis, entries, signal } = plan
  const append = createAppend(redis, { stream: plan.stream, cursor: plan.cursor, highWater: entries + 1 })
  const latencies = createLatencies()
  const between = Math.ceil(entries / LOOKS)
  const before = await readSize(redis)
  // The first look is at rest, as the last one is: what is under way between them is in neither.
  const samples: CapacitySample[] = [{ at: 0, appended: 0, ...before }]
  const startedAt = performance.now()
  let added = 0
  let lookAt = 0

  const store = async (batch: Batch) => {
    const sentAt = performance.now()
    const reply = await append(batch)
    latencies.record(performance.now() - sentAt)
    if (reply.outcome !== 'appended') throw refused(reply, added)
    added += reply.added
    if (added < lookAt) return
    lookAt = added + between
    await look()
  }
  const look = async () => {
    const appended = added
    const size = await readSize(redis)
    samples.push({ at: (performance.now() - startedAt) / 1_000, appended, ...size })
    plan.update(added)
  }

  const flying = new Set<Promise<void>>()
  try {
    for (const batch of batches(plan)) {
      signal.throwIfAborted()
      const stored = store(batch).finally(() => flying.delete(stored))
      flying.add(stored)
      if (flying.size >= IN_FLIGHT) await Promise.race(flying)
    }
    await Promise.all(flying)
  } finally {
    await Promise.allSettled(flying)
  }
  const tookMs = performance.now() - startedAt
  await look()

  const after = await readSize(redis)
  return {
    asked: entries,
    added,
    length: await redis.xlen(plan.stream),
    tookMs,
    baselineBytes: before.usedBytes,
    usedBytes: after.usedBytes,
    maxmemoryBytes: after.maxmemoryBytes,
    samples,
    latencies,
  }
}

function refused(reply: AppendReply, added: number): DependencyError {
  const says = 'says' in reply ? reply.says : reply.outcome
  return new DependencyError(
    `Redis refused the append after ${added} entries: ${says}; give it more maxmemory, or ask for fewer --events`,
  )
}

/** One event of the firehose is one commit of one entry here; the sequence is the event's number. */
function* batches({ entries, next, fields }: CapacityPlan): Generator<Batch> {
  for (let from = 0; from < entries; from += BATCH_ENTRIES) {
    const values = next(Math.min(BATCH_ENTRIES, entries - from))
    const commits = values.map((value, index) => ({ seq: from + index + 1, values: [value] }))
    yield { fields, commits, after: from === 0 ? null : from, upTo: from + values.length }
  }
}
