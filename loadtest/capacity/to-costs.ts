import { aofPerCount } from './aof-per-count.ts'
import type { Costs } from './capacity-equation.ts'
import type { CapacityRun } from './capacity-run.ts'
import { type Fit, fitCost } from './fit-cost.ts'
import type { GroupCost } from './group-cost.ts'

/** What the looks of a run say that an event costs. */
export interface FittedCosts {
  /** `null` when there were too few looks to tell. */
  readonly perEntry: Fit | null
  readonly perPending: Fit | null
  readonly aofPerEntry: number | null
  readonly aofPerDelivery: number | null
  readonly aofPerAcknowledgement: number | null
}

export function fitCosts(run: CapacityRun, groups: GroupCost): FittedCosts {
  return {
    perEntry: fitCost(run.samples.map(({ appended, usedBytes }) => [appended, usedBytes])),
    perPending: fitCost(groups.deliveries.map(({ count, usedBytes }) => [count, usedBytes])),
    aofPerEntry: aofPerCount(run.samples.map((look) => ({ count: look.appended, ...look }))),
    aofPerDelivery: aofPerCount(groups.deliveries),
    aofPerAcknowledgement: aofPerCount(groups.acknowledgements),
  }
}

/** The costs as the capacity equation takes them; a slope that could not be told makes every hour unknown. */
export function toCosts(fitted: FittedCosts, baseline: number): Costs {
  const { perEntry, perPending, aofPerEntry, aofPerDelivery, aofPerAcknowledgement } = fitted
  const known = aofPerDelivery !== null && aofPerAcknowledgement !== null
  return {
    baseline,
    perEntry: perEntry?.slope ?? Number.NaN,
    perPending: perPending?.slope ?? Number.NaN,
    aofPerEntry,
    aofPerGroup: known ? aofPerDelivery + aofPerAcknowledgement : null,
  }
}
