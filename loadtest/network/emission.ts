import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Clock } from '#kernel/time/clock.ts'
import { type FrameSource, type RelayFrame, streamEventsIn } from './frame-source.ts'
import type { Pace } from './pace.ts'

/** What has been emitted so far. */
export interface Emitted {
  /** Stream events: record ops in the default collections, identities and accounts. */
  readonly events: number
  readonly frames: number
  readonly lastSeq: number
  /** Stream events emitted later than `LATE_AFTER_MS` past the time the rate set for them. */
  readonly late: number
}

export interface EmissionOptions {
  readonly source: FrameSource
  /** Makes the pace of stream events by the clock; `null` is as fast as `ready` allows. */
  readonly pace: (() => Pace) | null
  /** Stream events after which it stops; `null` goes on until the source ends. */
  readonly events: number | null
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Takes a slice of frames: journal first, then out. */
  readonly publish: (frames: readonly RelayFrame[]) => void
  /** Resolves when there is room; consulted only without a pace, since an open model waits for nobody. */
  readonly ready: () => Promise<void>
}

/** Emission this far behind its schedule counts as late: beyond it the generator, not the network, is slow. */
export const LATE_AFTER_MS = 50

const SLICE_FRAMES = 128
const TICK_MS = 4

/**
 * Emits frames from the source until it ends, the wanted number of events is out, or the signal aborts. `onEmitted`
 * is told after every slice.
 */
export async function runEmission(
  options: EmissionOptions,
  onEmitted: (emitted: Emitted) => void,
): Promise<void> {
  const { source, clock, signal } = options
  const schedule = scheduleOf(options)
  const most = options.events ?? Infinity
  const startedAt = clock.now()
  let emitted: Emitted = { events: 0, frames: 0, lastSeq: 0, late: 0 }
  while (emitted.events < most && !signal.aborted) {
    const due = await schedule.due(clock.now() - startedAt)
    if (emitted.events >= due) {
      await clock.sleep(TICK_MS, signal).catch(() => {})
      continue
    }
    const slice = takeSlice(source, Math.min(due, most) - emitted.events, most - emitted.events)
    if (slice.frames.length === 0) return
    options.publish(slice.frames)
    emitted = add(emitted, slice, schedule.overdue(clock.now() - startedAt))
    onEmitted(emitted)
    await nextTurn()
  }
}

interface Schedule {
  /** Events that may be out after so many milliseconds. */
  due(elapsedMs: number): Promise<number>
  /** Events that should have been out for longer than is allowed. */
  overdue(elapsedMs: number): number
}

function scheduleOf({ pace, ready }: EmissionOptions): Schedule {
  if (!pace) return { due: async () => ready().then(() => Infinity), overdue: () => 0 }
  const [now, before] = [pace(), pace()]
  return {
    due: async (elapsedMs) => Math.floor(now(elapsedMs)) + 1,
    overdue: (elapsedMs) => before(elapsedMs - LATE_AFTER_MS),
  }
}

interface Slice {
  readonly frames: readonly RelayFrame[]
  readonly events: number
}

function add(emitted: Emitted, slice: Slice, overdue: number): Emitted {
  return {
    events: emitted.events + slice.events,
    frames: emitted.frames + slice.frames.length,
    lastSeq: slice.frames.at(-1)?.seq ?? emitted.lastSeq,
    late: emitted.late + lateIn(emitted.events, slice.events, overdue),
  }
}

/** How many of `count` events, the first of them number `before`, should have been out by `overdue`. */
export function lateIn(before: number, count: number, overdue: number): number {
  return Math.max(0, Math.min(count, Math.ceil(overdue) - before))
}

function takeSlice(source: FrameSource, due: number, most: number): Slice {
  const frames: RelayFrame[] = []
  let events = 0
  while (frames.length < SLICE_FRAMES && events < due) {
    const frame = source.next(most - events)
    if (!frame) break
    frames.push(frame)
    events += streamEventsIn(frame)
  }
  return { frames, events }
}
