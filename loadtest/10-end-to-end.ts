/** Send events from a relay through ingester, Redis and indexer into PostgreSQL, and account for every one. */
import { defineCommand } from '#kernel/cli/command.ts'
import { runAsScript } from '#kernel/cli/run-cli.ts'
import { withSettings } from '#kernel/config/with-settings.ts'
import { publishReport } from '#reports/publish-report.ts'
import { answerEndToEnd } from './end-to-end/answer-end-to-end.ts'
import { withEndToEndOptions } from './end-to-end/end-to-end-options.ts'
import { withLoadOptions } from './numbered/load-options.ts'
import { withTargetOptions } from './numbered/target-options.ts'

export const command = defineCommand({
  name: 'load end-to-end',
  describe: 'Send events from a relay through the whole pipeline into PostgreSQL, and account for every one',
  examples: [
    ['standpipe load end-to-end', 'ten minutes at 600 events/s: none missing, no effect twice'],
    [
      'standpipe load end-to-end --rate 2000 --duration 60',
      'a minute at the highest rate that was seen for long',
    ],
    [
      'standpipe load end-to-end --database-url postgres://localhost/test',
      'into your PostgreSQL, in a schema of its own that is dropped again',
    ],
  ],
  options: (yargs) => withEndToEndOptions(withTargetOptions(withLoadOptions(withSettings(yargs, ['seed'])))),
  async run(options, context) {
    const { report, cutShort } = await answerEndToEnd(options, context)
    const code = await publishReport(report, options, context)
    if (cutShort) throw cutShort
    return code
  },
})

if (import.meta.main) await runAsScript(command)
