import { readFile } from 'node:fs/promises'
import { defineCommand } from '#kernel/cli/command.ts'
import { UsageError } from '#kernel/errors.ts'
import { parseReport } from './parse-report.ts'
import { toHtml } from './render/to-html.ts'
import { toMarkdown } from './render/to-markdown.ts'
import { toTerminal } from './render/to-terminal.ts'
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
    yargs
      .positional('file', { type: 'string', demandOption: true, describe: 'report.json of a run' })
      .option('format', {
        choices: ['table', 'markdown', 'html'] as const,
        default: 'table' as const,
        describe: 'What to render',
      }),

  async run({ file, format }, { stdout }) {
    const report = parseReport(await readText(file), file)
    switch (format) {
      case 'table': {
        stdout.write(toTerminal(report, terminalOf(stdout)))
        break
      }
      case 'markdown':
        stdout.write(toMarkdown(report))
        break
      case 'html':
        stdout.write(toHtml(report))
        break
    }
  },
})

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new UsageError(`cannot read "${file}": ${(error as Error).message}`, { cause: error })
  }
}
