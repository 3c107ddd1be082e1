import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineCommand } from '#kernel/cli/command.ts'
import { UsageError } from '#kernel/errors.ts'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { withLoadOptions } from '#loadtest/numbered/load-options.ts'
import { runSections } from '#loadtest/numbered/run-sections.ts'
import { stepOf } from '#loadtest/numbered/step-of.ts'
import { withTargetOptions } from '#loadtest/numbered/target-options.ts'
import { publishReport } from '#reports/publish-report.ts'
import { findK6 } from './find-k6.ts'
import { withK6Options } from './k6-options.ts'
import { openK6Target } from './open-k6-target.ts'
import { runK6 } from './run-k6.ts'
import { toK6Section } from './to-k6-section.ts'

const SCRIPTS = ['append', 'subscribers', 'http']

/** Runs a k6 script against something of ours, and tells what it found in our own report. */
export const command = defineCommand({
  name: 'load k6',
  takes: '<script>',
  describe: 'Run a k6 script (append, subscribers, http, or a file), and fold its summary into our report',
  examples: [
    ['standpipe load k6 append --rate 2000 --duration 30', 'open-model XADD into a Redis of its own'],
    ['standpipe load k6 subscribers --clients 200', 'two hundred readers of one relay'],
    ['standpipe load k6 http --target http://127.0.0.1:9465', 'scrapes of an exporter that is running'],
  ],
  options: (yargs) =>
    withK6Options(withTargetOptions(withLoadOptions(yargs))).positional('script', {
      type: 'string',
      demandOption: true,
      describe: `${SCRIPTS.join(', ')}, or the path of a script`,
    }),
  async run({ script, rate, duration, clients, target, ...options }, context) {
    const path = pathOf(script)
    await using folder = await temporaryFolder('k6')
    const k6 = await findK6({
      redis: readFileSync(path, 'utf8').includes('k6/x/redis'),
      folders: [folder.path, dirname(path)],
      signal: context.signal,
      tell: (line) => void context.stderr.write(`${line}\n`),
    })
    await using opened = await openK6Target(script, { ...options, target, folder: folder.path })
    const env = {
      ...opened.env,
      DURATION: `${duration}s`,
      VUS: `${clients}`,
      SUBSCRIBERS: `${clients}`,
      ...(rate === undefined ? {} : { RATE: `${rate}` }),
    }
    const step = stepOf(`k6 run ${basename(path)}`, async (_, update, signal) =>
      toK6Section(await runK6({ k6, script: path, env, folder: folder.path, signal, update })),
    )
    const { report, cutShort } = await runSections(
      {
        subject: `k6 ${basename(path)}`,
        environment: {
          k6: k6.description,
          target: opened.description,
          clients: `${clients}`,
          seconds: `${duration}`,
        },
        steps: [step],
        caveats: CAVEATS,
      },
      { signal: context.signal, stderr: context.stderr, quiet: options.json },
    )
    const code = await publishReport(report, options, context)
    if (cutShort) throw cutShort
    return code
  },
})

const CAVEATS = [
  'k6 counts latency from the moment at which a client sends, not from the intended time; arrivals that found no free client are dropped, and make the run unknown.',
  'k6 keeps no ledger: what it appended is not reconciled. standpipe load run does that.',
]

function pathOf(script: string): string {
  if (SCRIPTS.includes(script)) return fileURLToPath(new URL(`./scripts/${script}.ts`, import.meta.url))
  if (existsSync(script)) return resolve(script)
  throw new UsageError(`no script "${script}": expected ${SCRIPTS.join(', ')}, or the path of a file`)
}
