import { defineCommand } from '#kernel/cli/command.ts'
import { withSettings } from '#kernel/config/with-settings.ts'
import { publishReport } from '#reports/publish-report.ts'
import { answerFindMax } from './find-max/answer-find-max.ts'
import { findScenario } from './find-scenario.ts'
import { numberOption } from './number-option.ts'
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
  options: (yargs) =>
    withTargetOptions(
      withLoadOptions(
        withSettings(yargs, ['seed'])
          .positional('scenario', {
            type: 'string',
            default: 'steady',
            describe: 'Which; standpipe load list names them, or a file of your own',
          })
          .option('from', { ...numberOption('from', 'Events per second to begin with'), default: 1_000 })
          .option('up-to', {
            ...numberOption('up-to', 'Events per second beyond which nothing is tried'),
            default: 1_000_000,
          })
          .option('within', {
            ...numberOption('within', 'Share to which the answer is wanted, 0.1 is a tenth'),
            default: 0.1,
          })
          .option('duration', {
            ...numberOption('duration', 'Seconds of load for each rate, without the warm-up'),
            default: 5,
          })
          .option('producers', {
            ...numberOption('producers', 'Threads that share the arrivals of each flow'),
            default: 1,
          }),
      ),
    ),

  async run(options, context) {
    const scenario = await findScenario(options.scenario)
    const { report, cutShort } = await answerFindMax(scenario, options, context)
    const code = await publishReport(report, options, context)
    if (cutShort) throw cutShort
    return code
  },
})
