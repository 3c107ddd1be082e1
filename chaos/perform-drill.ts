import type { Stack } from '#loadtest/stack/stack.ts'
import { startStack } from '#loadtest/stack/start-stack.ts'
import type { AlertWatch, NoAlertWatch } from './alert-watch.ts'
import type { Drill } from './drill.ts'
import type { DrillLog } from './drill-log.ts'
import { runDrill } from './run-drill.ts'
import { watchStackAlerts } from './watch-stack-alerts.ts'

export interface PerformDrillOptions {
  readonly signal: AbortSignal
  readonly says?: (what: string) => void
  /** Starts whoever watches the alerts of this stack; by default a Prometheus of our own. */
  readonly watchAlerts?: (stack: Stack) => Promise<AlertWatch | NoAlertWatch>
}

/** Runs a drill on a stack of its own, which is gone afterwards whatever happened. */
export async function performDrill(
  drill: Drill,
  { signal, says, watchAlerts = watchStackAlerts }: PerformDrillOptions,
): Promise<DrillLog> {
  await using parts = new AsyncDisposableStack()
  says?.('starting relay, ingester, Redis and indexer')
  const events = Math.round((drill.rate * drill.trafficLasts) / 1_000)
  const stack = parts.use(await startStack({ ...drill.stack, rate: drill.rate, events, signal }))
  const watch = await watchAlerts(stack)
  if (!('missing' in watch)) parts.use(watch)
  return await runDrill(drill, stack, { watch, signal, ...(says ? { says } : {}) })
}
