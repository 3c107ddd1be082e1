import { type CommandContext, defineCommand } from '#kernel/cli/command.ts'
import type { ExitCode } from '#kernel/cli/exit-code.ts'
import { runSteps } from '#kernel/cli/progress.ts'
import { type LoadOptions, withLoadOptions } from '#loadtest/numbered/load-options.ts'
import { publishReport } from '#reports/publish-report.ts'
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
    withLoadOptions(
      yargs.positional('id', {
        type: 'string',
        demandOption: true,
        describe: 'Which drill; standpipe drill list names them',
      }),
    ),
  run: ({ id, ...options }, context) => rehearse(findDrill(drills, id), options, context),
})

/** Runs one drill, writes its report and returns the exit code of its verdict. */
export async function rehearse(
  drill: Drill,
  options: LoadOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const { signal, stderr } = context
  const step = {
    title: drill.title,
    async run(says: (progress: string) => void) {
      const log = await performDrill(drill, { signal, says })
      const { verdict, because } = judgeDrill(drill, log)
      return { verdict, note: because, report: toReport(drill, log) }
    },
  }
  const [result] = await runSteps([step], { stderr, signal, quiet: options.json })
  if (!result) throw new Error('the drill did not run')
  return publishReport(result.end.report, options, context)
}
