import { join } from 'node:path'
import { staleFiles, writeGeneratedFiles } from '#kernel/catalogue/write-generated-files.ts'
import { defineCommand } from '#kernel/cli/command.ts'
import { EXIT } from '#kernel/cli/exit-code.ts'
import { withSettings } from '#kernel/config/with-settings.ts'
import { monitoringFiles } from '#monitoring/generated-files.ts'
import { alertFiles } from './generated-files.ts'

const ROOT = join(import.meta.dirname, '..')

/** Writes what Prometheus, Alertmanager, Grafana and Compose are given, or says what is stale. */
export const command = defineCommand({
  name: 'alerts build',
  describe: 'Write the rules, their tests, the Alertmanager and the Grafana files from what is declared',
  examples: [
    ['standpipe alerts build', 'say what is stale; exit 1 when anything is'],
    ['standpipe alerts build --write', 'write it'],
    [
      'standpipe alerts build --write --out /etc/standpipe --runbooks-url https://wiki/runbooks',
      'write all of it elsewhere, with links of your own',
    ],
  ],
  options: (yargs) =>
    withSettings(yargs, ['runbooks-url', 'dashboards-url'])
      .option('write', { type: 'boolean', describe: 'Write the files' })
      .option('check', { type: 'boolean', describe: 'Only say what is stale (the default)' })
      .conflicts('write', 'check')
      .option('out', {
        type: 'string',
        default: ROOT,
        defaultDescription: 'this repository',
        describe: 'Root folder',
      }),

  async run({ runbooksUrl, dashboardsUrl, write = false, out }, { stdout }) {
    const files = [...alertFiles({ runbooks: runbooksUrl, dashboards: dashboardsUrl }), ...monitoringFiles()]
    const touched = write ? writeGeneratedFiles(out, files) : staleFiles(out, files)
    for (const path of touched) stdout.write(`${write ? 'wrote' : 'stale'} ${path}\n`)
    return touched.length > 0 && !write ? EXIT.failed : EXIT.ok
  },
})
