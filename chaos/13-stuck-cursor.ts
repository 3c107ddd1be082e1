/** Set a group's cursor beyond its stream, and prove that somebody is paged and nothing is lost. */
import { defineCommand } from '#kernel/cli/command.ts'
import { runAsScript } from '#kernel/cli/run-cli.ts'
import { withLoadOptions } from '#loadtest/numbered/load-options.ts'
import { rehearse } from './drill-run.command.ts'
import cursorStuckAhead from './drills/cursor-stuck-ahead.ts'

export const command = defineCommand({
  name: 'drill stuck-cursor',
  describe: "Set a group's cursor beyond its stream, and prove that somebody is paged and nothing is lost",
  examples: [['standpipe drill stuck-cursor', 'on a stack of our own, report in reports/out/']],
  options: (yargs) => withLoadOptions(yargs),
  run: (options, context) => rehearse(cursorStuckAhead, options, context),
})

if (import.meta.main) await runAsScript(command)
