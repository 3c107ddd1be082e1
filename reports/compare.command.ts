import { defineCommand } from '#kernel/cli/command.ts'
import { exitCodeFor } from '#kernel/cli/exit-code-for.ts'
import { compareRuns } from './compare/compare-runs.ts'
import { readRuns } from './compare/read-runs.ts'
import { toComparisonReport } from './compare/to-comparison-report.ts'
import { withCompareOptions } from './compare/with-compare-options.ts'
import { renderAs } from './render/render-as.ts'
import { withFormat } from './render/with-format.ts'
import { terminalOf } from './terminal-of.ts'

/** Compare runs of the same thing, number by number. */
export const command = defineCommand({
  name: 'report compare',
  takes: '<before> <after>',
  describe: 'Say what grew better or worse between runs, with what confidence, and what cannot be told',
  examples: [
    ['standpipe report compare reports/out/old reports/out/new', 'one run each: mostly unknown, and why'],
    [
      'standpipe report compare "before/*" "after/*" --format html > difference.html',
      'four or more runs each',
    ],
    ['standpipe report compare a1.json,a2.json b1.json,b2.json --smallest 10 --force', 'also across hosts'],
  ],
  options: (yargs) =>
    withFormat(
      withCompareOptions(
        yargs
          .positional('before', {
            type: 'string',
            demandOption: true,
            describe: 'Runs: files, folders, globs, with commas',
          })
          .positional('after', {
            type: 'string',
            demandOption: true,
            describe: 'The runs to hold against them',
          }),
      ),
    ),

  async run({ before, after, smallest, force, format }, { stdout }) {
    const startedAt = new Date().toISOString()
    const comparison = compareRuns(await readRuns(before), await readRuns(after), { smallest, force })
    const report = toComparisonReport(comparison, { startedAt, finishedAt: new Date().toISOString() })
    stdout.write(renderAs(format, report, terminalOf(stdout)))
    return exitCodeFor(report.verdict)
  },
})
