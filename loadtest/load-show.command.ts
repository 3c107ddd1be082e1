import { stringify } from 'yaml'
import { defineCommand } from '#kernel/cli/command.ts'
import { findScenario } from './find-scenario.ts'

/** Print a scenario as a file that can be changed and run. */
export const command = defineCommand({
  name: 'load show',
  takes: '<scenario>',
  describe: 'Print a scenario as a file that can be changed and run',
  examples: [['standpipe load show burst > mine.yaml', 'a scenario of your own, to begin with']],
  options: (yargs) =>
    yargs.positional('scenario', {
      type: 'string',
      demandOption: true,
      describe: 'Which; standpipe load list names them, or a file of your own',
    }),
  async run({ scenario }, { stdout }) {
    stdout.write(stringify(await findScenario(scenario)))
  },
})
