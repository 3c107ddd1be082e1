/** Ask whether streams, groups and consumers are healthy now. */
import { coloursFor } from '#kernel/cli/colours-for.ts'
import { defineCommand } from '#kernel/cli/command.ts'
import { EXIT } from '#kernel/cli/exit-code.ts'
import { exitCodeFor } from '#kernel/cli/exit-code-for.ts'
import { runAsScript } from '#kernel/cli/run-cli.ts'
import { withSettings } from '#kernel/config/with-settings.ts'
import { audit } from './audit.ts'
import { checks } from './checks/index.ts'
import { findProfile } from './find-profile.ts'
import { isLive } from './is-live.ts'
import { renderTable } from './render-table.ts'

export const command = defineCommand({
  name: 'health',
  describe: 'Ask whether streams, groups and consumers are healthy now',
  examples: [
    ['standpipe health --stream firehose_live', 'before a deploy, or at three in the morning'],
    ['standpipe health --format json', 'for a deploy gate: exit 0 healthy, 1 ill, 2 nobody can tell'],
  ],
  options: (yargs) =>
    withSettings(yargs, ['redis-url', 'stream', 'profile'])
      .option('format', {
        choices: ['table', 'json'] as const,
        default: 'table' as const,
        describe: 'How to print the findings',
      })
      .option('fail-on', {
        choices: ['warn', 'fail'] as const,
        default: 'fail' as const,
        describe: 'From which verdict on to exit with 1',
      }),

  async run({ redisUrl, stream, profile, format, failOn }, { stdout }) {
    const live = checks.filter(isLive)
    const results = await audit(redisUrl, { profile: findProfile(profile), checks: live, streams: [stream] })
    stdout.write(
      format === 'json'
        ? `${JSON.stringify(results, null, 2)}\n`
        : renderTable(results, coloursFor(stdout), stdout.columns),
    )
    return results.verdict === 'not-applicable' ? EXIT.unknown : exitCodeFor(results.verdict, failOn)
  },
})

if (import.meta.main) await runAsScript(command)
