import { defineCommand } from '#kernel/cli/command.ts'
import { toJsonSchema } from './to-json-schema.ts'

/** Print the JSON Schema of saved reports, for tools that read them. */
export const command = defineCommand({
  name: 'report schema',
  describe: 'Print the JSON Schema of saved reports',
  examples: [['standpipe report schema > reports/report.schema.json', 'after a change of the shape']],
  options: (yargs) => yargs,
  async run(_, { stdout }) {
    stdout.write(toJsonSchema())
  },
})
