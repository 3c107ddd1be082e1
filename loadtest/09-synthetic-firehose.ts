/** Play a synthetic firehose at a rate, for as long as you say: from a relay, or straight into Redis. */
import { defineCommand } from '#kernel/cli/command.ts'
import { runAsScript } from '#kernel/cli/run-cli.ts'
import { withSettings } from '#kernel/config/with-settings.ts'
import { publishReport } from '#reports/publish-report.ts'
import { findScenario } from './find-scenario.ts'
import { answerFirehose } from './firehose/answer-firehose.ts'
import { withFirehoseOptions } from './firehose/firehose-options.ts'
import { withLoadOptions } from './numbered/load-options.ts'
import { withTargetOptions } from './numbered/target-options.ts'
import { resize } from './resize.ts'

export const command = defineCommand({
  name: 'load firehose',
  takes: '[scenario]',
  describe:
    'Play a synthetic firehose at a rate, for as long as you say: from a relay, or straight into Redis',
  examples: [
    [
      'standpipe load firehose --port 2583 --rate 600 --duration 3600',
      'an hour of the network, for your ingester',
    ],
    ['standpipe load firehose viral-post', 'the curve of another scenario'],
    [
      'standpipe load firehose --into redis --redis-url redis://10.0.0.7:6379 --confirm RUN_ID',
      'entries into your stream, if your Redis is marked as one that may be broken',
    ],
  ],
  options: (yargs) =>
    withFirehoseOptions(
      withTargetOptions(withLoadOptions(withSettings(yargs, ['seed', 'accounts', 'port', 'stream']))),
    ),
  async run(options, context) {
    const scenario = resize(await findScenario(options.scenario), options)
    const { report, cutShort } = await answerFirehose(scenario, options, context)
    const code = await publishReport(report, options, context)
    if (cutShort) throw cutShort
    return code
  },
})

if (import.meta.main) await runAsScript(command)
