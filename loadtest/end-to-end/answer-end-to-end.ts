import type { CommandContext } from '#kernel/cli/command.ts'
import { redactUrl } from '#kernel/redis/redact-url.ts'
import type { LoadOptions } from '#loadtest/numbered/load-options.ts'
import { openTarget } from '#loadtest/numbered/open-target.ts'
import { type Answers, runSections } from '#loadtest/numbered/run-sections.ts'
import { sectionEnd } from '#loadtest/numbered/section-end.ts'
import type { TargetOptions } from '#loadtest/numbered/target-options.ts'
import type { EndToEndOptions } from './end-to-end-options.ts'
import { runEndToEnd } from './run-end-to-end.ts'
import { toEndToEndSection } from './to-end-to-end-section.ts'

const TITLE = 'Does every event arrive, once?'

const CAVEATS = [
  'Parquet: there is no archive sink yet, so PostgreSQL is the only place where events are looked for.',
  'The relay and its events are synthetic and on loopback; their mix is an assumption.',
  'Nothing is broken on purpose: that is what drills are for.',
  'Replicas, failover, Cluster and power loss: one server that stays up.',
  'Latencies come from percentiles of the database, counted from the time at which the relay made the event.',
]

const EMBEDDED = 'The embedded database proves the logic, not the speed: it has one connection and no fsync.'

/** Runs the whole pipeline for as long as was said. Throws `UsageError` when the Redis may not be loaded. */
export async function answerEndToEnd(
  options: EndToEndOptions & TargetOptions & Pick<LoadOptions, 'json'> & { readonly seed: number },
  { signal, stderr }: Pick<CommandContext, 'signal' | 'stderr'>,
): Promise<Answers> {
  await using target = await openTarget(options)
  const { rate, duration, seed, 'database-url': databaseUrl = null } = options
  const plan = {
    events: Math.max(1, Math.round(rate * duration)),
    rate,
    seed,
    databaseUrl,
    maxmemoryBytes: null,
    foreignUrl: target.redisUrl,
  }
  const run = async (update: (progress: string) => void) =>
    sectionEnd(toEndToEndSection(TITLE, await runEndToEnd({ ...plan, update, signal })))
  return await runSections(
    {
      subject: 'the pipeline from end to end',
      environment: {
        redis: target.description,
        postgres: databaseUrl === null ? 'PGlite, embedded' : redactUrl(databaseUrl),
        traffic: `${rate} events/s for ${duration} s`,
        seed: `${seed}`,
      },
      steps: [{ title: TITLE, run }],
      caveats: databaseUrl === null ? [EMBEDDED, ...CAVEATS] : CAVEATS,
    },
    { signal, stderr, quiet: options.json },
  )
}
