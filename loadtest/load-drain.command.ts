import { defineCommand } from '#kernel/cli/command.ts'
import { withSettings } from '#kernel/config/with-settings.ts'
import { publishReport } from '#reports/publish-report.ts'
import { backlogOf } from './backlog-of.ts'
import { withBacklogOptions } from './backlog-options.ts'
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
  options: (yargs) => withBacklogOptions(withTargetOptions(withLoadOptions(withSettings(yargs, ['seed'])))),

  async run(options, context) {
    const plan = { ...options, producers: 1, ledger: undefined }
    const { report, cutShort } = await runLoad(backlogOf(options), plan, context)
    const code = await publishReport(report, options, context)
    if (cutShort) throw cutShort
    return code
  },
})
