import { z } from 'zod'
import { selfSchema } from './self-schema.ts'

const count = z.number().min(0)
const text = z.string()

/** Waiting times since the look before, in milliseconds; `null` where too few were seen to tell. */
const waitsSchema = z.strictObject({
  p50: count.nullable(),
  p99: count.nullable(),
  /** All of them, as `Latencies` travel. */
  histogram: text,
})

/** What holds for every snapshot of a run. */
export const headSchema = z.strictObject({
  schema: z.literal('standpipe/sustained@1'),
  startedAt: text,
  environment: z.record(text, text),
  lastsMs: count,
  rate: count,
  soak: z.boolean(),
  /** 0 when none is set. */
  maxmemoryBytes: count,
  /** What was wrong with the place before it began. */
  caveats: z.array(text),
})

/** One look at everything while the run goes on, and what happened since the look before. */
export const snapshotSchema = z.strictObject({
  /** Seconds since the first arrival. */
  at: z.number(),
  /** Whether the last arrival is out and what is left drains. */
  draining: z.boolean(),
  attempted: count,
  acknowledged: count,
  groups: z.array(
    z.strictObject({ group: text, committed: count, again: count, unexpected: count, missing: count }),
  ),
  /** `null` when Redis did not answer. */
  redis: z
    .strictObject({
      usedMemoryBytes: count,
      rssBytes: count,
      fragmentation: count,
      /** `null` when there is no append-only file. */
      aofBytes: count.nullable(),
      length: count,
      /** Of the group that is farthest behind; `null` when Redis cannot tell. */
      lag: count.nullable(),
      /** Of all groups. */
      pending: count,
      deadLetters: count,
    })
    .nullable(),
  /** Memory of our processes, as the system counts it, in bytes. */
  rss: z.strictObject({ generator: count, consumers: count }),
  selves: z.array(selfSchema),
  acknowledgedWaits: waitsSchema,
  committedWaits: waitsSchema,
})

/** How a run ended; a file without it is of a run that was killed. */
export const endSchema = z.strictObject({
  ended: z.literal(true),
  finishedAt: text,
  drained: z.boolean(),
  /** Why it ended early, in its own words; `null` when it did not. */
  cutShort: text.nullable(),
})

export type Head = z.infer<typeof headSchema>
export type Snapshot = z.infer<typeof snapshotSchema>
export type End = z.infer<typeof endSchema>

export type WaitsOfLook = z.infer<typeof waitsSchema>

/** A run as its snapshots tell it. */
export interface SustainedRun {
  readonly head: Head
  readonly snapshots: readonly Snapshot[]
  /** `null` when the run was killed. */
  readonly end: End | null
}
