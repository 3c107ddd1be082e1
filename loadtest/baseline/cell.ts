import type { Latencies } from '#loadtest/latency/latencies.ts'

/** What a command meets: nothing, many entries, or many entries of which half are pending. */
export const SCENE_KINDS = ['empty', 'deep', 'pending'] as const

export type SceneKind = (typeof SCENE_KINDS)[number]

/** One square of the matrix. */
export interface Cell {
  readonly command: string
  readonly payloadBytes: number
  /** Entries in the stream before the first call. */
  readonly depth: number
  /** Of them, those that are pending in the group. */
  readonly pending: number
  readonly clients: number
}

/** What was seen in one square, without a judgement. */
export interface CellRun {
  readonly cell: Cell
  readonly entriesPerCall: number
  readonly tookMs: number
  /** From sending to reply; one call under way per client. */
  readonly latencies: Latencies
  /** Share of the time in which this process was busy, from 0 to 1: close to 1, it measures us and not Redis. */
  readonly busy: number
}
