/** Kill Redis in the middle of the flow, restart it, and prove that nothing was lost. */
import { defineCommand } from '#kernel/cli/command.ts'
import { runAsScript } from '#kernel/cli/run-cli.ts'
import { withLoadOptions } from '#loadtest/numbered/load-options.ts'
import { rehearse } from './drill-run.command.ts'
import redisKilledMidFlow from './drills/redis-killed-mid-flow.ts'

export const command = defineCommand({
  name: 'drill redis-restart',
  describe: 'Kill Redis in the middle of the flow, restart it, and prove that nothing was lost',
  examples: [['standpipe drill redis-restart', 'on a stack of our own, report in reports/out/']],
  options: (yargs) => withLoadOptions(yargs),
  run: (options, context) => rehearse(redisKilledMidFlow, options, context),
})

if (import.meta.main) await runAsScript(command)
