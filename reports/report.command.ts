import { defineCommand } from '#kernel/cli/command.ts'
import { parseReport } from './parse-report.ts'
import { readText } from './read-text.ts'
import { renderAs } from './render/render-as.ts'
import { withFormat } from './render/with-format.ts'
import { terminalOf } from './terminal-of.ts'

/** Render a saved report again, in another format or with a newer standpipe. */
export const command = defineCommand({
  name: 'report render',
  takes: '<file>',
  describe: 'Render a saved report: as a table, as Markdown, or as one HTML file',
  examples: [
    ['standpipe report render report.json', 'as a table on the terminal'],
    ['standpipe report render report.json --format html > report.html', 'as one file to mail or attach'],
  ],
  options: (yargs) =>
    withFormat(
      yargs.positional('file', { type: 'string', demandOption: true, describe: 'report.json of a run' }),
    ),

  async run({ file, format }, { stdout }) {
    const report = parseReport(await readText(file), file)
    stdout.write(renderAs(format, report, terminalOf(stdout)))
  },
})
