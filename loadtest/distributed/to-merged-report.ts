import type { Report } from '#kernel/report/report.ts'
import { worst } from '#kernel/verdict/verdict.ts'
import { loadCaveats } from '#loadtest/load-caveats.ts'
import { describeHost } from '#loadtest/numbered/describe-host.ts'
import { toLoadSection } from '#loadtest/to-load-section.ts'
import { judgeWorkers } from './judge-workers.ts'
import { mergeRuns } from './merge-runs.ts'
import type { WorkerResult } from './worker-result.ts'

const CAVEATS = [
  'Latencies are told by the clock of the machine that made the event and consumed it: each worker reads its own stream.',
  'Curves of streams and memory over time are not merged: look at the monitoring of Redis.',
]
/** Of one machine alone; several do not share it. */
const SHARED_MACHINE = /^Generator, Redis and consumers share one machine/

/** One report of all machines. Throws `RangeError` without results. */
export function toMergedReport(results: readonly WorkerResult[]): Report {
  const [first] = results
  if (!first) throw new RangeError('no result to report')
  const section = toLoadSection(mergeRuns(results))
  const workers = judgeWorkers(results)
  const verdict = worst([section.verdict, ...workers.map((one) => one.verdict)])
  const spoiled = workers.find((one) => one.verdict !== 'pass')
  const answer = spoiled ? `${spoiled.subject}: ${spoiled.says}` : section.answer
  return {
    schema: 'standpipe/report@1',
    area: 'loadtest',
    subject: `${first.scenario.id}, ${results.length} workers`,
    startedAt: results.map(({ startedAt }) => startedAt).toSorted()[0] ?? first.startedAt,
    finishedAt:
      results
        .map(({ finishedAt }) => finishedAt)
        .toSorted()
        .at(-1) ?? first.finishedAt,
    environment: {
      ...describeHost(),
      redis: first.redis,
      workers: results.map(({ worker, host }) => `${worker.index}: ${host}`).join('; '),
      scenario: JSON.stringify(first.scenario),
      seed: `${first.seed}`,
    },
    verdict,
    sections: [
      {
        ...section,
        verdict,
        ...(answer === undefined ? {} : { answer }),
        statements: [...workers, ...section.statements],
      },
    ],
    caveats: [...CAVEATS, ...loadCaveats(first.scenario).filter((caveat) => !SHARED_MACHINE.test(caveat))],
  }
}
