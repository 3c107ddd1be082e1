import { globSync } from 'node:fs'
import { defineCommand } from '#kernel/cli/command.ts'
import { UsageError } from '#kernel/errors.ts'
import { withLoadOptions } from '#loadtest/numbered/load-options.ts'
import { publishReport } from '#reports/publish-report.ts'
import { readWorkerResult } from './read-worker-result.ts'
import { toMergedReport } from './to-merged-report.ts'

/** Adds up what several machines saw of one load, and judges it as one run. */
export const command = defineCommand({
  name: 'load merge',
  takes: '<files>',
  describe: 'Add up what several standpipe load workers saw, and judge it as one run',
  examples: [
    ['standpipe load merge "results/*.json"', 'one report; a worker that is missing makes it unknown'],
    ['standpipe load merge one.json,two.json --json', 'the report as JSON'],
  ],
  options: (yargs) =>
    withLoadOptions(yargs).positional('files', {
      type: 'string',
      demandOption: true,
      describe: 'Results of standpipe load worker: files, globs, with commas',
    }),
  async run({ files, ...options }, context) {
    const paths = files.split(',').flatMap((pattern) => globSync(pattern).toSorted())
    if (paths.length === 0)
      throw new UsageError(`no file "${files}": name the results of standpipe load worker`)
    const results = await Promise.all(paths.map(readWorkerResult))
    return await publishReport(toMergedReport(results), options, context)
  },
})
