import type { Report } from '#kernel/report/report.ts'
import { worst } from '#kernel/verdict/verdict.ts'
import type { SectionEnd } from '#loadtest/numbered/section-end.ts'

/** What no preflight looks at, whatever its sections found. */
const NEVER_COVERED = [
  'Power loss: kill -9 keeps the page cache, so nothing here tests the second that appendfsync everysec may lose.',
  'Replicas and failover: one server, no Sentinel, no Cluster.',
  'The live network: the relay and its events are synthetic, their mix is an assumption.',
  'Hours: a run of two minutes sees no leak, no fragmentation, no rewrite of a large append-only file.',
]

export interface PreflightRun {
  readonly subject: string
  readonly startedAt: string
  readonly finishedAt: string
  readonly environment: Readonly<Record<string, string>>
  readonly ends: readonly SectionEnd[]
}

/** One document from the sections; the most alarming verdict is the verdict. */
export function toPreflightReport({
  subject,
  startedAt,
  finishedAt,
  environment,
  ends,
}: PreflightRun): Report {
  return {
    schema: 'standpipe/report@1',
    area: 'preflight',
    subject,
    startedAt,
    finishedAt,
    environment,
    verdict: worst(ends.map(({ verdict }) => verdict)),
    sections: ends.map(({ section }) => section),
    caveats: [...ends.flatMap(({ caveats }) => caveats), ...NEVER_COVERED],
  }
}
