import { defineCommand } from '#kernel/cli/command.ts'
import { withSettings } from '#kernel/config/with-settings.ts'
import { publishReport } from '#reports/publish-report.ts'
import { backlogOf } from './backlog-of.ts'
import { numberOption } from './number-option.ts'
import { withLoadOptions } from './numbered/load-options.ts'
import { withTargetOptions } from './numbered/target-options.ts'
import { runLoad } from './run-load.ts'

/** Build a backlog with nobody reading, then measure how fast consumers work it off. */
export const command = defineCommand({
  name: 'load drain',
  describe: 'Build a backlog with nobody reading, then measure how fast consumers work it off',
  examples: [
    ['standpipe load drain', '200,000 entries, one consumer'],
    ['standpipe load drain --events 1000000 --consumers 2 --commit-ms 50', 'two consumers with a slow sink'],
  ],
  options: (yargs) =>
    withTargetOptions(
      withLoadOptions(
        withSettings(yargs, ['seed'])
          .option('events', { ...numberOption('events', 'Entries of the backlog'), default: 200_000 })
          .option('consumers', { ...numberOption('consumers', 'Consumers of the group'), default: 1 })
          .option('commit-ms', {
            ...numberOption('commit-ms', 'Milliseconds that every commit of the sink takes', true),
            default: 0,
          })
          .option('drain-within', {
            ...numberOption('drain-within', 'Seconds that the drain may take'),
            default: 300,
          }),
      ),
    ),

  async run({ events, consumers, commitMs, drainWithin, ...options }, context) {
    const scenario = backlogOf({ events, consumers, commitMs, drainWithin })
    const plan = { ...options, producers: 1, ledger: undefined }
    const { report, cutShort } = await runLoad(scenario, plan, context)
    const code = await publishReport(report, options, context)
    if (cutShort) throw cutShort
    return code
  },
})
