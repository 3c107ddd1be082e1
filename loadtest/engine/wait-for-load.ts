import type { Redis } from 'ioredis'
import { systemClock } from '#kernel/time/clock.ts'
import { seconds } from '#kernel/time/duration.ts'
import { isDrained } from './is-drained.ts'
import type { Layout } from './layout.ts'
import type { FlowsObserver } from './observe-flows.ts'
import { preciseClock } from './precise-clock.ts'
import type { RunHooks } from './run-hooks.ts'
import { settledWithin } from './settled-within.ts'
import type { Crew } from './start-crew.ts'

/** A run under way. */
export interface Scene {
  readonly crew: Crew
  readonly flows: FlowsObserver
  readonly layout: Layout
  readonly redis: Redis
  readonly hooks: RunHooks
}

const LOOK_EVERY_MS = 100
/** How exactly the end of a drain is known. */
const DRAINED_EVERY_MS = 20
/** A Redis that has been silent for so long is not waited for. */
const SILENT_FOR = seconds(15)

/** Waits until every producer has ended; stops them when the signal aborts. */
export async function untilProduced({ crew, flows, layout, hooks: { update, signal } }: Scene) {
  const planned = layout.flows.reduce((sum, flow) => sum + flow.planned, 0)
  const produced = crew.produced()
  while (!(await settledWithin(produced, LOOK_EVERY_MS))) {
    if (signal.aborted) crew.stopProducers()
    update(`${crew.attempted} of ${planned} events sent, ${flows.waiting ?? 'unknown'} not yet committed`)
  }
  return await produced
}

/** Whether every group has everything before the deadline, on the precise clock. */
export async function untilDrained(
  { crew, flows, layout, redis, hooks: { update, signal } }: Scene,
  deadline: number,
): Promise<boolean> {
  const streams = layout.flows.map(({ stream }) => stream)
  while (!signal.aborted && preciseClock.now() < deadline && flows.silentForMs < SILENT_FOR) {
    if (await isDrained(redis, streams)) return true
    await crew.throwIfFailed()
    update(`draining, ${flows.waiting ?? 'unknown'} not yet committed`)
    await systemClock.sleep(DRAINED_EVERY_MS, signal).catch(() => {})
  }
  return false
}
