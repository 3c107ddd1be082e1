import { defineCommand } from '#kernel/cli/command.ts'
import { exitCodeFor } from '#kernel/cli/exit-code-for.ts'
import { compareRuns } from './compare/compare-runs.ts'
import { readRuns } from './compare/read-runs.ts'
import { toComparisonReport } from './compare/to-comparison-report.ts'
import { withCompareOptions } from './compare/with-compare-options.ts'
import { chooseKept } from './kept/choose-kept.ts'
import { renderAs } from './render/render-as.ts'
import { withFormat } from './render/with-format.ts'
import { terminalOf } from './terminal-of.ts'

/** Refuse new runs that are worse than what was kept. */
export const command = defineCommand({
  name: 'report gate',
  takes: '<runs>',
  describe: 'Refuse runs that are worse than those that are kept, by exit code, for CI',
  examples: [
    ['standpipe report gate reports/out/bench-append.json', 'against reports/baseline'],
    [
      'standpipe report gate "reports/out/loadtest-*" --against reports/history',
      'against the last kept runs',
    ],
  ],
  options: (yargs) =>
    withFormat(
      withCompareOptions(
        yargs
          .positional('runs', {
            type: 'string',
            demandOption: true,
            describe: 'New runs of one thing: files, folders, globs, with commas',
          })
          .option('against', {
            type: 'string',
            requiresArg: true,
            default: 'reports/baseline',
            describe: 'Where runs are kept; those of the same subject and configuration count',
          }),
      ),
    ),

  async run({ runs, against, smallest, force, format }, { stdout }) {
    const startedAt = new Date().toISOString()
    const after = await readRuns(runs)
    const before = chooseKept(after, await readRuns(against), { against, force })
    const comparison = compareRuns(before, after, { smallest, force })
    const report = toComparisonReport(comparison, { startedAt, finishedAt: new Date().toISOString() })
    stdout.write(renderAs(format, report, terminalOf(stdout)))
    return exitCodeFor(report.verdict)
  },
})
