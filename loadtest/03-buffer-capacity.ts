/** Append millions of realistic events, read every one back, and tell how many hours of them Redis holds. */
import { defineCommand } from '#kernel/cli/command.ts'
import { runAsScript } from '#kernel/cli/run-cli.ts'
import { withSettings } from '#kernel/config/with-settings.ts'
import { publishReport } from '#reports/publish-report.ts'
import { withCapacityOptions } from './capacity/capacity-options.ts'
import { planCapacity } from './capacity/capacity-plan.ts'
import { runCapacity } from './capacity/run-capacity.ts'
import { withLoadOptions } from './numbered/load-options.ts'
import { withTargetOptions } from './numbered/target-options.ts'

export const command = defineCommand({
  name: 'load capacity',
  describe: 'Append millions of realistic events, read every one back, and tell how many hours Redis holds',
  examples: [
    ['standpipe load capacity', '2.7 million events through a Redis of its own, in less than a minute'],
    [
      'standpipe load capacity --hours 2 --events-per-second 600 --maxmemory 16gb',
      'two hours of your traffic, for your size',
    ],
    [
      'standpipe load capacity --redis-url redis://10.0.0.7:6379 --confirm RUN_ID',
      'your Redis, if it is marked as one that may be broken',
    ],
  ],
  options: (yargs) =>
    withCapacityOptions(
      withTargetOptions(withLoadOptions(withSettings(yargs, ['events-per-second', 'maxmemory']))),
    ),
  async run(options, context) {
    const chosen = planCapacity({
      ...options,
      rate: options['events-per-second'],
      maxmemoryBytes: options.maxmemory,
    })
    const { report, cutShort } = await runCapacity(chosen, options, context)
    const code = await publishReport(report, options, context)
    if (cutShort) throw cutShort
    return code
  },
})

if (import.meta.main) await runAsScript(command)
