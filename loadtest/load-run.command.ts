import { defineCommand } from '#kernel/cli/command.ts'
import { withSettings } from '#kernel/config/with-settings.ts'
import { publishReport } from '#reports/publish-report.ts'
import { findScenario } from './find-scenario.ts'
import { withLoadOptions } from './numbered/load-options.ts'
import { withTargetOptions } from './numbered/target-options.ts'
import { resize } from './resize.ts'
import { runLoad } from './run-load.ts'
import { withScenarioOptions } from './scenario-options.ts'

/** Send the weather of a scenario, time every event, and reconcile what was sent with what was committed. */
export const command = defineCommand({
  name: 'load run',
  takes: '<scenario>',
  describe: 'Send the weather of a scenario, time every event, and prove that each was committed once',
  examples: [
    ['standpipe load run steady', 'one group at 2,000 events/s, on a Redis of its own'],
    ['standpipe load run burst --rate 5000 --duration 60', 'the same weather, stronger and longer'],
    ['standpipe load run ./mine.yaml --json', 'a scenario of your own; standpipe load show prints one'],
    [
      'standpipe load run steady --redis-url redis://10.0.0.7:6379 --confirm RUN_ID',
      'your Redis, if it is marked as one that may be broken',
    ],
  ],
  options: (yargs) =>
    withScenarioOptions(
      withTargetOptions(
        withLoadOptions(
          withSettings(yargs, ['seed']).positional('scenario', {
            type: 'string',
            demandOption: true,
            describe: 'Which; standpipe load list names them, or a file of your own, YAML or JSON',
          }),
        ),
      ),
    ),

  async run(options, context) {
    const scenario = resize(await findScenario(options.scenario), options)
    const { report, cutShort } = await runLoad(scenario, options, context)
    const code = await publishReport(report, options, context)
    if (cutShort) throw cutShort
    return code
  },
})
