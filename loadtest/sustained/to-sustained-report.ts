import type { Moment, Report } from '#kernel/report/report.ts'
import { sectionEnd } from '#loadtest/numbered/section-end.ts'
import { toLoadReport } from '#loadtest/numbered/to-load-report.ts'
import { findSteps } from './find-steps.ts'
import type { SustainedRun } from './snapshot.ts'
import { toGrowthSection } from './to-growth-section.ts'
import { toLedgerSection } from './to-ledger-section.ts'
import { toPaceSection } from './to-pace-section.ts'
import { watchAll } from './watch-all.ts'

const NOT_COVERED = [
  'relay, ingester and database: finished entries go through the append and the consumers of the product, into a sink that only notes them; standpipe load end-to-end has the rest',
  'network between hosts: everything ran on one machine',
  'steps of the curves are looked for and not judged: values that resemble their neighbours make some of them up',
]

/** The report of a sustained run, whole or as far as its snapshots reach; the same from memory and from the file. */
export function toSustainedReport(run: SustainedRun): Report {
  const { head, snapshots, end } = run
  const all = watchAll(run)
  const steps = [...outages(snapshots), ...all.flatMap(findSteps)].toSorted((a, b) => a.at - b.at)
  const sections = [toLedgerSection(run), toPaceSection(run, happened(run)), toGrowthSection(run, all, steps)]
  const lasted = (snapshots.at(-1)?.at ?? 0) * 1_000
  return toLoadReport({
    subject: 'sustained throughput',
    startedAt: head.startedAt,
    finishedAt: end?.finishedAt ?? new Date(Date.parse(head.startedAt) + lasted).toISOString(),
    environment: head.environment,
    ends: sections.map((section) => sectionEnd(section)),
    caveats: [...head.caveats, ...NOT_COVERED],
    unasked: [],
    cutShort: end ? end.cutShort : 'the run was killed, and this is what its snapshots kept',
  })
}

function happened({ snapshots, end }: SustainedRun): Moment[] {
  const sent = snapshots.find(({ draining }) => draining) ?? null
  const last = snapshots.at(-1)
  return [
    { at: 0, what: 'first arrival', kind: 'note' },
    ...outages(snapshots),
    ...(sent && end?.drained
      ? [{ at: sent.at, what: 'everything is committed', kind: 'recovery' as const }]
      : []),
    ...(end?.cutShort != null && last
      ? [{ at: last.at, what: `cut short: ${end.cutShort}`, kind: 'fault' as const }]
      : []),
  ]
}

/** From the first look without an answer to the first with one again. */
function outages(snapshots: readonly { readonly at: number; readonly redis: unknown }[]): Moment[] {
  return snapshots.slice(1).flatMap(({ at, redis }, index): Moment[] => {
    const before = snapshots[index]?.redis ?? null
    if ((before === null) === (redis === null)) return []
    return [
      redis === null
        ? { at, what: 'Redis does not answer', kind: 'fault' }
        : { at, what: 'Redis answers again', kind: 'recovery' },
    ]
  })
}
