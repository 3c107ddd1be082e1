import { defineCommand } from '#kernel/cli/command.ts'
import { renderScenarios } from './render-scenarios.ts'
import { scenarios } from './scenarios/index.ts'

/** List the scenarios: what each asks, how many events it sends, how long it takes. */
export const command = defineCommand({
  name: 'load list',
  describe: 'List the scenarios: what each asks, how many events it sends, how long it takes',
  examples: [['standpipe load list', 'all scenarios']],
  options: (yargs) => yargs,
  async run(_, { stdout }) {
    stdout.write(renderScenarios(scenarios))
  },
})
