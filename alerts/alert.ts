import type { Duration } from '#kernel/time/duration.ts'

export type Severity = 'critical' | 'warning'

/** One case that proves an alert's expression, run by promtool. */
export interface Example {
  /** What is shown, as a claim: "a Redis that stays down pages". */
  readonly claim: string
  /** Values of each series in promtool's notation (`0x10`, `1+2x5`, `_`), one per `every`. */
  readonly series: Readonly<Record<string, string>>
  /** Time between two values. */
  readonly every: Duration
  /** When it is asked whether the alert fires, from the first value on. */
  readonly at: Duration
  /** The alert that fires; absent when none may. */
  readonly fires?: Firing
}

export interface Firing {
  /** Its labels, without the severity. */
  readonly labels: Readonly<Record<string, string>>
  /** What `{{ $value … }}` becomes in its sentences; needed only where they use it. */
  readonly value?: string
}

/**
 * A symptom that pages somebody. The runbook is `runbooks/<name in kebab-case>.md`. `summary` and
 * `description` are Prometheus templates that use `$labels` and `$value` only.
 */
export interface Alert {
  /** CamelCase, the symptom. */
  readonly name: string
  /** `critical` wakes somebody: events are being lost, or will be before morning. */
  readonly severity: Severity
  /** One sentence: what is wrong, where. */
  readonly summary: string
  /** What it means for the events, and what to look at first. */
  readonly description: string
  readonly expr: string
  readonly for: Duration
  /** The metrics that `expr` reads; each is in the catalogue. */
  readonly metrics: readonly string[]
  /** At least one that fires and one that does not. */
  readonly examples: readonly Example[]
  /** Uid of the dashboard that shows it. */
  readonly dashboard: string
  /** Why no drill expects this alert; absent when one does. */
  readonly unrehearsed?: string
}

/** Holds a declaration to its shape. */
export function defineAlert(alert: Alert): Alert {
  return alert
}
