/** Ask whether Redis and its host are configured for a buffer that must not lose data. */
import { coloursFor } from '#kernel/cli/colours-for.ts'
import { defineCommand } from '#kernel/cli/command.ts'
import { EXIT } from '#kernel/cli/exit-code.ts'
import { exitCodeFor } from '#kernel/cli/exit-code-for.ts'
import { runAsScript } from '#kernel/cli/run-cli.ts'
import { withSettings } from '#kernel/config/with-settings.ts'
import { audit } from './audit.ts'
import { checks } from './checks/index.ts'
import { explainCheck, findCheck, listChecks } from './explain-check.ts'
import { findProfile } from './find-profile.ts'
import { renderTable } from './render-table.ts'

export const command = defineCommand({
  name: 'audit',
  describe: 'Ask whether Redis and its host are configured for a buffer that must not lose data',
  examples: [
    ['standpipe audit --redis-url redis://10.0.0.7:6379', 'judge that Redis as a buffer'],
    ['standpipe audit --format json --fail-on warn', 'for a pipeline that takes no warnings'],
    ['standpipe audit --explain eviction-policy', 'why a check asks, and what mends it'],
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
      })
      .option('list', { type: 'boolean', default: false, describe: 'List the checks and ask nothing' })
      .option('explain', {
        type: 'string',
        requiresArg: true,
        describe: 'Explain one check and ask nothing',
      }),

  async run({ redisUrl, stream, profile: name, format, failOn, list, explain }, { stdout }) {
    const profile = findProfile(name)
    if (list) return void stdout.write(listChecks(checks))
    if (explain !== undefined) return void stdout.write(explainCheck(findCheck(checks, explain), profile))
    const results = await audit(redisUrl, { profile, streams: [stream] })
    stdout.write(
      format === 'json'
        ? `${JSON.stringify(results, null, 2)}\n`
        : renderTable(results, coloursFor(stdout), stdout.columns),
    )
    return results.verdict === 'not-applicable' ? EXIT.unknown : exitCodeFor(results.verdict, failOn)
  },
})

if (import.meta.main) await runAsScript(command)
