/** Fill a buffer to its maxmemory and past it, prove which commands still work, and drain it without a loss. */
import { defineCommand } from '#kernel/cli/command.ts'
import { runAsScript } from '#kernel/cli/run-cli.ts'
import { publishReport } from '#reports/publish-report.ts'
import { withPressureOptions } from './memory-pressure/pressure-options.ts'
import { runPressure } from './memory-pressure/run-pressure.ts'
import { withLoadOptions } from './numbered/load-options.ts'

export const command = defineCommand({
  name: 'load memory-pressure',
  describe: 'Fill a buffer past its maxmemory, prove which commands still work, and drain it without a loss',
  examples: [
    ['standpipe load memory-pressure', 'on servers of its own, beside allkeys-lru and volatile-lru'],
    ['standpipe load memory-pressure --limit 1gb', 'the same with more entries'],
  ],
  options: (yargs) => withPressureOptions(withLoadOptions(yargs)),
  async run(options, context) {
    const { report, cutShort } = await runPressure(options, context)
    const code = await publishReport(report, options, context)
    if (cutShort) throw cutShort
    return code
  },
})

if (import.meta.main) await runAsScript(command)
