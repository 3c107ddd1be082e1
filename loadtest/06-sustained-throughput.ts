/** Read and write together for minutes or days, prove that every event arrived, and tell what grows meanwhile. */
import { defineCommand } from '#kernel/cli/command.ts'
import { runAsScript } from '#kernel/cli/run-cli.ts'
import { publishReport } from '#reports/publish-report.ts'
import { withLoadOptions } from './numbered/load-options.ts'
import { withTargetOptions } from './numbered/target-options.ts'
import { performSustained } from './sustained/perform-sustained.ts'
import { withSustainedOptions } from './sustained/sustained-options.ts'
import { planSustained } from './sustained/sustained-plan.ts'

export const command = defineCommand({
  name: 'load sustained',
  describe: 'Read and write together for minutes or days, and tell what grows meanwhile',
  examples: [
    ['standpipe load sustained', 'two minutes at 600 events/s, through a Redis of its own'],
    [
      'standpipe load sustained --soak 8h --rate 2000 --groups 2',
      'a night; unknown where a leak cannot be excluded',
    ],
    [
      'standpipe load sustained --from-snapshots reports/out/sustained-20260803T120000Z',
      'what a run that was killed had seen',
    ],
  ],
  options: (yargs) => withSustainedOptions(withTargetOptions(withLoadOptions(yargs))),
  async run(options, context) {
    const plan = planSustained(options, options.out, new Date())
    const { report, cutShort } = await performSustained(plan, options, context)
    const code = await publishReport(report, { ...options, out: plan.folder }, context)
    if (cutShort) throw cutShort
    return code
  },
})

if (import.meta.main) await runAsScript(command)
