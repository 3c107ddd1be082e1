/** Kill a consumer that holds entries, and prove that every one of them is committed after all. */
import { defineCommand } from '#kernel/cli/command.ts'
import { runAsScript } from '#kernel/cli/run-cli.ts'
import { withLoadOptions } from '#loadtest/numbered/load-options.ts'
import { rehearse } from './drill-run.command.ts'
import consumerKilledMidBatch from './drills/consumer-killed-mid-batch.ts'

export const command = defineCommand({
  name: 'drill dead-consumer',
  describe: 'Kill a consumer that holds entries, and prove that every one of them is committed after all',
  examples: [['standpipe drill dead-consumer', 'on a stack of our own, report in reports/out/']],
  options: (yargs) => withLoadOptions(yargs),
  run: (options, context) => rehearse(consumerKilledMidBatch, options, context),
})

if (import.meta.main) await runAsScript(command)
