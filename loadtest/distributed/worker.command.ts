import { mkdir, rename, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import { defineCommand } from '#kernel/cli/command.ts'
import { EXIT } from '#kernel/cli/exit-code.ts'
import { withSettings } from '#kernel/config/with-settings.ts'
import { UsageError } from '#kernel/errors.ts'
import { systemClock } from '#kernel/time/clock.ts'
import { runScenario } from '#loadtest/engine/run-scenario.ts'
import { findScenario } from '#loadtest/find-scenario.ts'
import { openTarget } from '#loadtest/numbered/open-target.ts'
import { withTargetOptions } from '#loadtest/numbered/target-options.ts'
import { resize } from '#loadtest/resize.ts'
import { withScenarioOptions } from '#loadtest/scenario-options.ts'
import { encodeRun, WORKER_SCHEMA, type WorkerResult } from './worker-result.ts'
import { parseWorkerShare, seedOf, shareOf } from './worker-share.ts'

/** Makes one machine's share of a load, and writes down what it saw for standpipe load merge. */
export const command = defineCommand({
  name: 'load worker',
  takes: '<scenario>',
  describe: 'Make one machine’s share of a load, and write what it saw for standpipe load merge',
  examples: [
    [
      'standpipe load worker steady --worker 1/3 --result one.json --redis-url redis://10.0.0.7:6379 --confirm RUN_ID',
      'the first of three machines, each started with the same line but for its number',
    ],
    [
      'standpipe load worker steady --worker 2/3 --result two.json --start-at 2026-08-03T12:00:00Z',
      'the second; all begin at the same moment',
    ],
  ],
  options: (yargs) =>
    withScenarioOptions(withTargetOptions(withSettings(yargs, ['seed'])))
      .positional('scenario', {
        type: 'string',
        demandOption: true,
        describe: 'Which, as in standpipe load run',
      })
      .option('worker', {
        type: 'string',
        demandOption: true,
        requiresArg: true,
        describe: 'Which machine this is, and of how many: 2/3',
      })
      .option('result', {
        type: 'string',
        demandOption: true,
        requiresArg: true,
        describe: 'File for what it saw',
      })
      .option('start-at', {
        type: 'string',
        requiresArg: true,
        describe: 'Moment at which all begin, ISO 8601; at once when unset',
      }),

  async run(options, { signal, stdout, stderr }) {
    const worker = parseWorkerShare(options.worker)
    const scenario = resize(await findScenario(options.scenario), options)
    const startAt = options['start-at'] === undefined ? null : Date.parse(options['start-at'])
    if (Number.isNaN(startAt)) {
      throw new UsageError(
        `--start-at "${options['start-at']}": expected ISO 8601, such as 2026-08-03T12:00:00Z`,
      )
    }
    await using target = await openTarget(options)
    if (startAt !== null) await systemClock.sleep(Math.max(0, startAt - Date.now()), signal)
    const { seed, producers, ledger = null } = options
    const startedAt = new Date().toISOString()
    const run = await runScenario(
      {
        scenario: shareOf(scenario, worker),
        redisUrl: target.redisUrl,
        seed: seedOf(seed, worker),
        producers,
        ledgerFolder: ledger,
      },
      { signal, update: (line) => void (stderr.isTTY && stderr.write(`\r\u001b[2K${line}`)) },
    )
    if (stderr.isTTY) stderr.write('\n')
    await writeWhole(options.result, {
      schema: WORKER_SCHEMA,
      worker,
      scenario,
      seed,
      host: hostname(),
      redis: target.owned
        ? `${target.description}, of ${hostname()} alone (${process.pid})`
        : target.description,
      startedAt,
      finishedAt: new Date().toISOString(),
      run: encodeRun(run),
    })
    stdout.write(`${JSON.stringify({ result: options.result, worker: options.worker })}\n`)
    signal.throwIfAborted()
    return EXIT.ok
  },
})

/** Under its name only when it is whole: whoever waits for the file may read it. */
async function writeWhole(path: string, result: WorkerResult): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(`${path}.part`, `${JSON.stringify(result)}\n`)
  await rename(`${path}.part`, path)
}
