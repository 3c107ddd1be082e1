import type { Argv } from 'yargs'
import { type CommandContext, defineCommand } from '#kernel/cli/command.ts'
import type { ExitCode } from '#kernel/cli/exit-code.ts'
import { exitCodeFor } from '#kernel/cli/exit-code-for.ts'
import { runSteps } from '#kernel/cli/progress.ts'
import { toJson } from '#reports/render/to-json.ts'
import { toTerminal } from '#reports/render/to-terminal.ts'
import { terminalOf } from '#reports/terminal-of.ts'
import { writeReport } from '#reports/write-report.ts'
import type { Drill } from './drill.ts'
import { drills } from './drills/index.ts'
import { findDrill } from './find-drill.ts'
import { judgeDrill } from './judge-drill.ts'
import { performDrill } from './perform-drill.ts'
import { toReport } from './to-report.ts'

/** Rehearse one injury on a stack of our own: steady, inject, hold, lift, recovery, ledger. */
export const command = defineCommand({
  name: 'drill run',
  takes: '<id>',
  describe: 'Rehearse one injury on a stack of our own, and prove with the ledger what it cost',
  examples: [
    ['standpipe drill run redis-killed-mid-flow', 'kill Redis under load and ask the ledger'],
    ['standpipe drill run consumer-paused --json', 'the report as JSON on stdout'],
  ],
  options: (yargs) =>
    withDrillOptions(
      yargs.positional('id', {
        type: 'string',
        demandOption: true,
        describe: 'Which drill; standpipe drill list names them',
      }),
    ),
  run: ({ id, ...options }, context) => rehearse(findDrill(drills, id), options, context),
})

export interface DrillOptions {
  readonly out: string | undefined
  readonly json: boolean
}

/** How a drill reports; the same for every command that runs one. */
export function withDrillOptions<Args>(yargs: Argv<Args>): Argv<Args & DrillOptions> {
  return yargs
    .option('out', { type: 'string', requiresArg: true, describe: 'Folder for the report' })
    .option('json', {
      type: 'boolean',
      default: false,
      describe: 'Print the report as JSON, and no progress',
    })
}

/** Runs one drill, writes its report and returns the exit code of its verdict. */
export async function rehearse(
  drill: Drill,
  { out, json }: DrillOptions,
  { signal, stdout, stderr }: CommandContext,
): Promise<ExitCode> {
  const step = {
    title: drill.title,
    async run(says: (progress: string) => void) {
      const log = await performDrill(drill, { signal, says })
      const { verdict, because } = judgeDrill(drill, log)
      return { verdict, note: because, report: toReport(drill, log) }
    },
  }
  const [result] = await runSteps([step], { stderr, signal, quiet: json })
  if (!result) throw new Error('the drill did not run')
  const { report, verdict } = result.end
  const paths = await writeReport(report, out)
  stdout.write(json ? toJson(report) : toTerminal(report, terminalOf(stdout)))
  stderr.write(`report: ${paths.html}\n`)
  return exitCodeFor(verdict)
}
