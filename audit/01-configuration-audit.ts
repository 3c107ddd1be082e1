/** Ask whether Redis and its host are configured for a buffer that must not lose data. */
import { defineCommand } from '#kernel/cli/command.ts'
import { runAsScript } from '#kernel/cli/run-cli.ts'
import { toHtml } from '#reports/render/to-html.ts'
import { toMarkdown } from '#reports/render/to-markdown.ts'
import { withAuditFlags } from './audit-flags.ts'
import { checks } from './checks/index.ts'
import { explainCheck, findCheck, listChecks } from './explain-check.ts'
import { findProfile } from './find-profile.ts'
import { toFixPlan } from './fix-plan/to-fix-plan.ts'
import { performAudit } from './perform-audit.ts'

export const command = defineCommand({
  name: 'audit',
  describe: 'Ask whether Redis and its host are configured for a buffer that must not lose data',
  examples: [
    ['standpipe audit --redis-url redis://10.0.0.7:6379', 'judge that Redis as a buffer'],
    ['standpipe audit --redis-url sentinel://10.0.0.7:26379/buffer', 'the primary that a Sentinel names'],
    ['standpipe audit --watch 30s --stream a,b', 'and how the groups of two streams move meanwhile'],
    ['standpipe audit --format json --fail-on warn', 'for a pipeline that takes no warnings'],
    ['standpipe audit --explain eviction-policy', 'why a check asks, and what mends it'],
    ['standpipe audit --fix-plan', 'the commands that mend the configuration, in a safe order'],
  ],
  options: (yargs) =>
    withAuditFlags(yargs)
      .option('list', { type: 'boolean', default: false, describe: 'List the checks and ask nothing' })
      .option('explain', { type: 'string', requiresArg: true, describe: 'Explain one check and ask nothing' })
      .option('fix-plan', {
        type: 'boolean',
        default: false,
        describe: 'Print what mends the configuration and what each step costs; nothing is applied',
      }),

  async run(flags, context) {
    const { list, explain, fixPlan, profile, docsUrl } = flags
    if (list) return void context.stdout.write(listChecks(checks))
    if (explain !== undefined) {
      const explained = explainCheck(findCheck(checks, explain), findProfile(profile), docsUrl)
      return void context.stdout.write(explained)
    }
    const print = fixPlan ? { print: toFixPlan } : {}
    const reports = { markdown: toMarkdown, html: toHtml }
    return performAudit(flags, { checks, title: 'Configuration audit', reports, ...print }, context)
  },
})

if (import.meta.main) await runAsScript(command)
