import { defineCommand } from '#kernel/cli/command.ts'
import { runAsScript } from '#kernel/cli/run-cli.ts'
import { UsageError } from '#kernel/errors.ts'
import { buildGoTool } from './build-go-tool.ts'
import { jetstream } from './jetstream.ts'
import { k6 } from './k6.ts'
import { manifestCheck } from './manifest-check.ts'
import { tap } from './tap.ts'

const TOOLS = [k6, tap, jetstream, manifestCheck]

/** Builds the programs that prove things about ours, so that their tests are no longer skipped. */
export const command = defineCommand({
  name: 'go-tools',
  takes: '[tools]',
  describe:
    'Build k6, the oracles tap and jetstream, and a check of manifests from the Go module proxy into .tools/go',
  examples: [
    ['node loadtest/go-tools/build.ts', 'all of them'],
    ['node loadtest/go-tools/build.ts k6', 'one'],
  ],
  options: (yargs) =>
    yargs.positional('tools', {
      type: 'string',
      default: TOOLS.map(({ name }) => name).join(','),
      describe: 'What to build, with commas',
    }),
  async run({ tools }, { signal, stdout, stderr }) {
    const tell = (line: string) => void stderr.write(`${line}\n`)
    for (const name of tools.split(',')) {
      const tool = TOOLS.find((one) => one.name === name)
      if (!tool)
        throw new UsageError(`no tool "${name}"; name one of ${TOOLS.map((one) => one.name).join(', ')}`)
      stdout.write(`${await buildGoTool(tool, { signal, tell })}\n`)
    }
  },
})

if (import.meta.main) await runAsScript(command)
