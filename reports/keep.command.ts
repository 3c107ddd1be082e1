import { defineCommand } from '#kernel/cli/command.ts'
import { readRuns } from './compare/read-runs.ts'
import { keepRun } from './kept/keep-run.ts'
import { withHistoryFolder } from './kept/with-history-folder.ts'

/** Keep runs in the history, one line each. */
export const command = defineCommand({
  name: 'report keep',
  takes: '<runs>',
  describe: 'Append runs to the history of their subject, each once, for report history and report gate',
  examples: [
    ['standpipe report keep reports/out/loadtest-20260803T120000Z', 'the run of that folder'],
    ['standpipe report keep "reports/out/*" --history /srv/standpipe/history', 'every run that is saved'],
  ],
  options: (yargs) =>
    withHistoryFolder(
      yargs.positional('runs', {
        type: 'string',
        demandOption: true,
        describe: 'Runs: files, folders, globs, with commas',
      }),
    ),

  async run({ runs, history }, { stdout }) {
    for (const run of await readRuns(runs)) {
      const { file, runs: kept, known } = await keepRun(run, history)
      stdout.write(`${run.file}: ${known ? 'was there already' : `kept as number ${kept}`} in ${file}\n`)
    }
  },
})
