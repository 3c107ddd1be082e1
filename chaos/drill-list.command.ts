import { defineCommand } from '#kernel/cli/command.ts'
import { drills } from './drills/index.ts'
import { renderDrills } from './render-drills.ts'

/** List the drills: what each breaks, how long it takes, which alerts it expects. */
export const command = defineCommand({
  name: 'drill list',
  describe: 'List the drills: what each breaks, how long it takes, which alerts it expects',
  examples: [['standpipe drill list', 'all drills']],
  options: (yargs) => yargs,
  async run(_, { stdout }) {
    stdout.write(renderDrills(drills))
  },
})
