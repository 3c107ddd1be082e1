import { formatMeasure } from '#kernel/format/format-measure.ts'
import type { Measurement, Section, Statement } from '#kernel/report/report.ts'
import { worst } from '#kernel/verdict/verdict.ts'
import { AOF_METHOD } from './aof-per-count.ts'
import type { CapacityRun } from './capacity-run.ts'
import type { Fit } from './fit-cost.ts'
import type { GroupCost } from './group-cost.ts'
import type { FittedCosts } from './to-costs.ts'

/** Depths, as shares of the whole run, at which the cost of an entry is told by itself. */
const DEPTHS = [0.1, 0.25, 0.5, 1]

/** Farther from a straight line, as a share of the rise, and one number does not tell the cost. */
const STRAIGHT = 0.1

/** What does an event cost in memory and on disk, for itself and for every group that reads it? */
export function toCostSection(
  title: string,
  run: CapacityRun,
  groups: GroupCost,
  costs: FittedCosts,
): Section {
  const statements = [
    judgeFit('an entry', costs.perEntry),
    judgeFit('a pending entry', costs.perPending),
    judgeGroups(groups),
  ]
  const perGroup =
    costs.aofPerDelivery === null || costs.aofPerAcknowledgement === null
      ? null
      : costs.aofPerDelivery + costs.aofPerAcknowledgement
  return {
    title,
    verdict: worst(statements.map(({ verdict }) => verdict)),
    answer: [
      `memory: ${formatMeasure(costs.perEntry?.slope ?? null, 'bytes/entry')},`,
      `and ${formatMeasure(costs.perPending?.slope ?? null, 'bytes/entry')} while it is pending, for each group;`,
      `append-only file: ${formatMeasure(costs.aofPerEntry, 'bytes/entry')}, and ${formatMeasure(perGroup, 'bytes/entry')} for each group`,
    ].join(' '),
    statements,
    measurements: [
      fitted('memory per entry', costs.perEntry),
      ...atDepths(run),
      fitted('memory per pending entry', costs.perPending),
      onDisk('append-only file per entry', costs.aofPerEntry, run.added, 'appended in batches of 500'),
      onDisk(
        'append-only file per delivery',
        costs.aofPerDelivery,
        groups.delivered,
        'XREADGROUP COUNT 1000; the names of stream, group and consumer are written every time',
      ),
      onDisk(
        'append-only file per acknowledgement',
        costs.aofPerAcknowledgement,
        groups.acknowledged,
        '500 IDs per call, counted in the books in the same step',
      ),
      {
        name: 'delivering and acknowledging',
        unit: 's',
        value: groups.tookMs / 1_000,
        samples: 1,
        method: 'wall time',
      },
    ],
    plots: [],
    timeline: [],
  }
}

function judgeFit(what: string, fit: Fit | null): Statement {
  const told = fit !== null && fit.slope > 0 && fit.worstShare <= STRAIGHT
  return {
    subject: `cost of ${what}`,
    verdict: told ? 'pass' : 'unknown',
    says:
      fit === null
        ? 'too few looks to tell'
        : `${formatMeasure(fit.slope, 'bytes/entry')}, ${deviationOf(fit)}`,
    expected: `a straight line: no look farther from it than ${STRAIGHT * 100} % of the rise`,
  }
}

function judgeGroups({ groups, entries, delivered, acknowledged }: GroupCost): Statement {
  const whole = delivered === groups * entries && acknowledged === delivered
  return {
    subject: 'groups',
    verdict: delivered === 0 ? 'unknown' : whole ? 'pass' : 'fail',
    says: `${delivered} deliveries to ${groups} groups, ${acknowledged} acknowledged`,
    expected: `${groups * entries} of each`,
    why: 'A delivery that Redis forgot cannot be acknowledged, and its entry is never seen again.',
  }
}

function fitted(name: string, fit: Fit | null): Measurement {
  const method = `Theil–Sen slope of what counts against maxmemory${fit === null ? '' : `, ${deviationOf(fit)}`}`
  return { name, unit: 'bytes/entry', value: fit?.slope ?? null, samples: fit?.looks ?? 0, method }
}

function atDepths({ samples, baselineBytes, length }: CapacityRun): Measurement[] {
  return DEPTHS.flatMap((share) => {
    const look = samples.find(({ appended }) => appended > 0 && appended >= share * length)
    if (look === undefined) return []
    const value = (look.usedBytes - baselineBytes) / look.appended
    const method = 'what counts against maxmemory less that of the empty server, divided by the entries'
    return [
      { name: `memory per entry, ${look.appended} deep`, unit: 'bytes/entry', value, samples: 1, method },
    ]
  })
}

function onDisk(name: string, value: number | null, samples: number, how: string): Measurement {
  return { name, unit: 'bytes/entry', value, samples, method: `${AOF_METHOD}; ${how}` }
}

function deviationOf({ worstShare }: Fit): string {
  return `no look farther from the line than ${(worstShare * 100).toFixed(1)} % of the rise`
}
