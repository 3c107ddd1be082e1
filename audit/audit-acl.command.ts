import { defineCommand } from '#kernel/cli/command.ts'
import { withSettings } from '#kernel/config/with-settings.ts'
import { aclRules, NEEDED_COMMANDS } from './acl-rules.ts'

export const command = defineCommand({
  name: 'audit acl',
  describe: 'Print the ACL rules of a user who can audit everything and change nothing',
  examples: [
    [
      'standpipe audit acl --stream firehose_live,label_live',
      'for these streams, their cursors and dead letters',
    ],
  ],
  options: (yargs) => withSettings(yargs, ['stream']),

  async run({ stream }, { stdout }) {
    const rules = aclRules(
      stream
        .split(',')
        .map((name) => name.trim())
        .filter(Boolean),
    )
    const quoted = rules.map((rule) => (/^[\w+@|-]+$/.test(rule) ? rule : `'${rule}'`))
    const width = Math.max(...NEEDED_COMMANDS.map(({ rule }) => rule.length))
    stdout.write(
      [
        `redis-cli ACL SETUSER standpipe-audit reset on '><password>' ${quoted.join(' ')}`,
        '# without one of them the audit says unknown, and names it; each shows:',
        ...NEEDED_COMMANDS.map(({ rule, shows }) => `# ${rule.padEnd(width)}  ${shows}`),
        '',
      ].join('\n'),
    )
  },
})
