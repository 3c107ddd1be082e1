import { arch, availableParallelism, platform, release } from 'node:os'
import type { Report } from '#kernel/report/report.ts'
import type { Drill } from './drill.ts'
import type { DrillLog } from './drill-log.ts'
import { judgeDrill } from './judge-drill.ts'
import { toSection } from './to-section.ts'

/** A drill as a report of its own. */
export function toReport(drill: Drill, log: DrillLog): Report {
  return {
    schema: 'standpipe/report@1',
    area: 'chaos',
    subject: drill.id,
    startedAt: log.startedAt,
    finishedAt: log.finishedAt,
    environment: {
      node: process.version,
      host: `${platform()} ${release()} ${arch()}, ${availableParallelism()} cores`,
      redis: 'private, AOF everysec, noeviction',
      traffic: `${drill.rate} events/s for ${drill.trafficLasts / 1_000} s`,
    },
    verdict: judgeDrill(drill, log).verdict,
    sections: [toSection(drill, log)],
    caveats: [
      'a killed process leaves its writes with the operating system: nothing here says what a power loss costs',
      ...('missing' in log.alerts ? [`alerts: ${log.alerts.missing}`] : []),
    ],
  }
}
