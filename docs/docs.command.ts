import { join } from 'node:path'
import { staleFiles, writeGeneratedFiles } from '#kernel/catalogue/write-generated-files.ts'
import { type Command, defineCommand } from '#kernel/cli/command.ts'
import { EXIT } from '#kernel/cli/exit-code.ts'
import { gatherCatalogue } from './gather-catalogue.ts'
import { generatedFiles } from './generated-files.ts'

const ROOT = join(import.meta.dirname, '..')

/** Takes the list of all commands late, because it is in that list itself. */
export const docsCommand = (commands: () => readonly Command[]): Command =>
  defineCommand({
    name: 'docs',
    describe: 'Write the tables, the indexes and the other files that follow from what is declared',
    examples: [
      ['standpipe docs', 'say what is stale; exit 1 when anything is'],
      ['standpipe docs --write', 'write it'],
    ],
    options: (yargs) =>
      yargs
        .option('write', { type: 'boolean', describe: 'Write the files' })
        .option('check', { type: 'boolean', describe: 'Only say what is stale (the default)' })
        .conflicts('write', 'check'),

    async run({ write = false }, { stdout }) {
      const files = generatedFiles(ROOT, await gatherCatalogue(ROOT, commands()))
      const stale = write ? writeGeneratedFiles(ROOT, files) : staleFiles(ROOT, files)
      for (const path of stale) stdout.write(`${write ? 'wrote' : 'stale'} ${path}\n`)
      return stale.length > 0 && !write ? EXIT.failed : EXIT.ok
    },
  })
