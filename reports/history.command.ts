import { defineCommand } from '#kernel/cli/command.ts'
import { UsageError } from '#kernel/errors.ts'
import { readRuns } from './compare/read-runs.ts'
import { withSmallest } from './compare/with-smallest.ts'
import { toHistoryReport } from './kept/to-history-report.ts'
import { withHistoryFolder } from './kept/with-history-folder.ts'
import { renderAs } from './render/render-as.ts'
import { withFormat } from './render/with-format.ts'
import { terminalOf } from './terminal-of.ts'

/** Show the kept runs, number by number, and when each changed. */
export const command = defineCommand({
  name: 'report history',
  takes: '[subject]',
  describe: 'Show the kept runs of a subject over time, and since when a number is another one',
  examples: [
    ['standpipe report history', 'everything that is kept'],
    [
      'standpipe report history sustained --format html > history.html',
      'subjects with that in their name, as curves',
    ],
  ],
  options: (yargs) =>
    withFormat(
      withSmallest(
        withHistoryFolder(
          yargs.positional('subject', { type: 'string', describe: 'Part of the name of a subject' }),
        ),
      ),
    ),

  async run({ subject = '', history, smallest, format }, { stdout }) {
    const startedAt = new Date().toISOString()
    const runs = (await readRuns(history)).filter((run) => `${run.area} of ${run.subject}`.includes(subject))
    if (runs.length === 0) throw new UsageError(`no run of "${subject}" is kept in "${history}"`)
    const report = toHistoryReport(runs, smallest, { startedAt, finishedAt: new Date().toISOString() })
    stdout.write(renderAs(format, report, terminalOf(stdout)))
  },
})
