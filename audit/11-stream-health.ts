/** Ask whether streams, groups and consumers are healthy now. */
import { defineCommand } from '#kernel/cli/command.ts'
import { runAsScript } from '#kernel/cli/run-cli.ts'
import { toHtml } from '#reports/render/to-html.ts'
import { toMarkdown } from '#reports/render/to-markdown.ts'
import { withAuditFlags } from './audit-flags.ts'
import { checks } from './checks/index.ts'
import { isLive } from './is-live.ts'
import { performAudit } from './perform-audit.ts'

export const command = defineCommand({
  name: 'health',
  describe: 'Ask whether streams, groups and consumers are healthy now',
  examples: [
    ['standpipe health --stream firehose_live', 'before a deploy, or at three in the morning'],
    ['standpipe health --watch 30s', 'whether each group moves, acknowledges and keeps up'],
    ['standpipe health --format json', 'for a deploy gate: exit 0 healthy, 1 ill, 2 nobody can tell'],
  ],
  options: withAuditFlags,

  async run(flags, context) {
    const reports = { markdown: toMarkdown, html: toHtml }
    return performAudit(flags, { checks: checks.filter(isLive), title: 'Stream health', reports }, context)
  },
})

if (import.meta.main) await runAsScript(command)
