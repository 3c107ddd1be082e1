/** Measure what Redis can do: every command of the pipeline by payload, depth, clients and append-only policy. */
import { defineCommand } from '#kernel/cli/command.ts'
import { runAsScript } from '#kernel/cli/run-cli.ts'
import { publishReport } from '#reports/publish-report.ts'
import { planBaseline, withBaselineOptions } from './baseline/baseline-options.ts'
import { runBaseline } from './baseline/run-baseline.ts'
import { withLoadOptions } from './numbered/load-options.ts'
import { withTargetOptions } from './numbered/target-options.ts'

export const command = defineCommand({
  name: 'load baseline',
  describe: 'Measure every command of the pipeline by payload, depth, clients and append-only policy',
  examples: [
    ['standpipe load baseline', 'the whole matrix on servers of its own, in about two minutes'],
    ['standpipe load baseline --quick', 'a few squares, in seconds'],
    ['standpipe load baseline --only append,XREADGROUP --clients 1,8,32', 'two commands, more clients'],
  ],
  options: (yargs) => withBaselineOptions(withTargetOptions(withLoadOptions(yargs))),
  async run(options, context) {
    const { report, cutShort } = await runBaseline(planBaseline(options), options, context)
    const code = await publishReport(report, options, context)
    if (cutShort) throw cutShort
    return code
  },
})

if (import.meta.main) await runAsScript(command)
