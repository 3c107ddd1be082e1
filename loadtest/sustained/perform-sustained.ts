import { readFile } from 'node:fs/promises'
import { availableParallelism, loadavg } from 'node:os'
import { join } from 'node:path'
import type { CommandContext } from '#kernel/cli/command.ts'
import { UsageError } from '#kernel/errors.ts'
import { formatMeasure } from '#kernel/format/format-measure.ts'
import { borrowRedis } from '#kernel/redis/borrow-redis.ts'
import { busyBefore } from '#loadtest/numbered/busy-before.ts'
import { describeHost } from '#loadtest/numbered/describe-host.ts'
import type { LoadOptions } from '#loadtest/numbered/load-options.ts'
import { openTarget } from '#loadtest/numbered/open-target.ts'
import type { Answers } from '#loadtest/numbered/run-sections.ts'
import type { TargetOptions } from '#loadtest/numbered/target-options.ts'
import { openDashboard } from './dashboard.ts'
import { parseSnapshots } from './parse-snapshots.ts'
import { runSustained } from './run-sustained.ts'
import { SNAPSHOTS } from './snapshot-file.ts'
import type { SustainedPlan } from './sustained-plan.ts'
import { toSustainedReport } from './to-sustained-report.ts'

/** What the private server may use; a stream that is trimmed behind its readers needs a small part of it. */
const MAXMEMORY_BYTES = 512 * 1_048_576

type Options = TargetOptions & LoadOptions & { readonly 'from-snapshots': string | undefined }

/** Runs as planned, or only reads what a run that was cut short had seen. */
export async function performSustained(
  plan: SustainedPlan,
  options: Options,
  { stderr, signal }: CommandContext,
): Promise<Answers> {
  const { 'from-snapshots': folder } = options
  if (folder !== undefined) return { report: await readBack(folder), cutShort: null }
  await using target = await openTarget(options)
  if (target.owned) await limitMemory(target.redisUrl)
  using dashboard = openDashboard(stderr, plan.lastsMs, options.json)
  const { run, cutShort } = await runSustained({
    plan,
    redisUrl: target.redisUrl,
    environment: {
      ...describeHost(),
      redis: target.description,
      lasts: formatMeasure(plan.lastsMs, 'ms'),
      rate: `${plan.rate} events/s`,
      groups: String(plan.groups.length),
      'consumers of each': String(plan.consumers),
      seed: String(plan.seed),
    },
    caveats: busyBefore(loadavg()[0] ?? 0, availableParallelism()),
    onSnapshot: (snapshot) => dashboard.show(snapshot),
    signal,
  })
  return { report: toSustainedReport(run), cutShort }
}

async function limitMemory(redisUrl: string): Promise<void> {
  const asked = { name: 'standpipe-sustained', advice: 'nothing was loaded' }
  await borrowRedis(redisUrl, asked, (redis) => redis.config('SET', 'maxmemory', MAXMEMORY_BYTES))
}

async function readBack(folder: string) {
  const file = join(folder, SNAPSHOTS)
  try {
    return toSustainedReport(parseSnapshots(await readFile(file, 'utf8'), file))
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(
      `cannot read "${file}": ${(error as Error).message}; --from-snapshots takes the folder of a run`,
      {
        cause: error,
      },
    )
  }
}
