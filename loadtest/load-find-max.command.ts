import { defineCommand } from '#kernel/cli/command.ts'
import { withSettings } from '#kernel/config/with-settings.ts'
import { publishReport } from '#reports/publish-report.ts'
import { answerFindMax } from './find-max/answer-find-max.ts'
import { withFindMaxOptions } from './find-max/find-max-options.ts'
import { findScenario } from './find-scenario.ts'
import { withLoadOptions } from './numbered/load-options.ts'
import { withTargetOptions } from './numbered/target-options.ts'

/** Find the highest rate at which a scenario meets its thresholds, and what ran out beyond it. */
export const command = defineCommand({
  name: 'load find-max',
  takes: '[scenario]',
  describe: 'Find the highest rate at which a scenario meets its thresholds, and what ran out beyond it',
  examples: [
    ['standpipe load find-max', 'one group, from 1,000 events/s on, five seconds for each rate'],
    ['standpipe load find-max slow-consumer --within 0.02', 'with a slow sink, to two in a hundred'],
  ],
  options: (yargs) => withFindMaxOptions(withTargetOptions(withLoadOptions(withSettings(yargs, ['seed'])))),

  async run(options, context) {
    const scenario = await findScenario(options.scenario)
    const { report, cutShort } = await answerFindMax(scenario, options, context)
    const code = await publishReport(report, options, context)
    if (cutShort) throw cutShort
    return code
  },
})
