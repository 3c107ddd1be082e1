/** Restart, kill, cut off, corrupt and fill up a Redis under load, and tell what came back and what replay repaired. */
import { defineCommand } from '#kernel/cli/command.ts'
import { runAsScript } from '#kernel/cli/run-cli.ts'
import { publishReport } from '#reports/publish-report.ts'
import { withLoadOptions } from './numbered/load-options.ts'
import { withPersistenceOptions } from './persistence/persistence-options.ts'
import { runPersistence } from './persistence/run-persistence.ts'

export const command = defineCommand({
  name: 'load persistence',
  describe: 'Restart, kill, cut off, corrupt and fill up a Redis under load, and tell what came back',
  examples: [
    ['standpipe load persistence', 'every injury, each on a Redis of its own'],
    [
      'standpipe load persistence --only power-loss --events 500000',
      'what appendfsync everysec may take back',
    ],
  ],
  options: (yargs) => withPersistenceOptions(withLoadOptions(yargs)),
  async run(options, context) {
    const { report, cutShort } = await runPersistence(options, context)
    const code = await publishReport(report, options, context)
    if (cutShort) throw cutShort
    return code
  },
})

if (import.meta.main) await runAsScript(command)
