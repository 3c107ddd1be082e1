import type { CommandContext } from '#kernel/cli/command.ts'
import { UsageError } from '#kernel/errors.ts'
import { seconds } from '#kernel/time/duration.ts'
import type { LoadOptions } from '#loadtest/numbered/load-options.ts'
import { openTarget } from '#loadtest/numbered/open-target.ts'
import { type Answers, runSections } from '#loadtest/numbered/run-sections.ts'
import { sectionEnd } from '#loadtest/numbered/section-end.ts'
import type { TargetOptions } from '#loadtest/numbered/target-options.ts'
import type { Flow, Scenario } from '#loadtest/scenario.ts'
import { playIntoRedis } from './play-into-redis.ts'
import { playIntoRelay } from './play-into-relay.ts'
import type { PlayOptions } from './play-options.ts'
import type { Played } from './played.ts'
import { toFirehoseSection } from './to-firehose-section.ts'

export interface FirehoseOptions extends TargetOptions, Pick<LoadOptions, 'json'> {
  readonly into: 'relay' | 'redis'
  readonly stream: string
  readonly port: number
  readonly accounts: number
  readonly seed: number
  /** Seconds that the relay stays after the last event. */
  readonly stay: number
}

const CAVEATS = [
  'Whether anybody read it, and what became of it: that is what standpipe load end-to-end asks.',
  'The mix of the events is an assumption, in one file; accounts, texts and keys are synthetic.',
]

const OF_A_RELAY = [
  'A relay follows the curve of the rate, spaced evenly: arrivals by chance, poison, padding and hot accounts are for entries only.',
]

/** Plays the first flow of a scenario. Throws `UsageError` when the Redis may not be loaded. */
export async function answerFirehose(
  scenario: Scenario,
  options: FirehoseOptions,
  { signal, stderr }: Pick<CommandContext, 'signal' | 'stderr'>,
): Promise<Answers> {
  const { into, seed } = options
  await using place =
    into === 'relay' ? openRelayPlace(options, stderr) : await openRedisPlace(options, stderr)
  const [flow] = scenario.flows
  if (!flow) throw new RangeError('a scenario needs a flow')
  const run = async (update: (progress: string) => void) =>
    sectionEnd(toFirehoseSection(await place.play({ flow: openFlow(flow), seed, update, signal })))
  return await runSections(
    {
      subject: `the firehose of ${scenario.id}`,
      environment: { ...place.environment, phases: JSON.stringify(flow.phases), seed: `${seed}` },
      steps: [{ title: 'Was the firehose played as it was planned?', run }],
      caveats: into === 'relay' ? [...OF_A_RELAY, ...CAVEATS] : CAVEATS,
    },
    { signal, stderr, quiet: options.json },
  )
}

interface Place extends AsyncDisposable {
  readonly environment: Readonly<Record<string, string>>
  play(options: PlayOptions): Promise<Played>
}

type Out = CommandContext['stderr']

function openRelayPlace({ port, accounts, stay, ...options }: FirehoseOptions, stderr: Out): Place {
  if (options['redis-url'] !== undefined)
    throw new UsageError('--redis-url "…": a relay has no Redis; say --into redis')
  const onListening = (url: string) => void stderr.write(`listening: ${url}\n`)
  return {
    environment: { accounts: `${accounts}` },
    play: (play) => playIntoRelay({ ...play, port, accounts, stays: seconds(stay), onListening }),
    async [Symbol.asyncDispose]() {},
  }
}

async function openRedisPlace(options: FirehoseOptions, stderr: Out): Promise<Place> {
  const { stream } = options
  const target = await openTarget(options)
  if (target.owned) stderr.write(`appending to ${target.redisUrl}, which is gone with this run\n`)
  return {
    environment: { redis: target.description, stream },
    play: (play) => playIntoRedis({ ...play, redisUrl: target.redisUrl, stream }),
    [Symbol.asyncDispose]: () => target[Symbol.asyncDispose](),
  }
}

/** A firehose waits for nobody, whatever the scenario says. */
const openFlow = (flow: Flow): Flow => ({ ...flow, model: 'open' })
