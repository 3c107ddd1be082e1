import { join } from 'node:path'
import type { Child } from '#kernel/process/child.ts'
import { freePort } from '#kernel/process/free-port.ts'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { startPrivateRedis } from '#kernel/redis/private-redis.ts'
import { LIVE_GROUP, LIVE_STREAM } from '#pipeline/contract.ts'
import { type Service, startService } from './service.ts'
import type { Stack, StackOptions } from './stack.ts'
import type { StackRedis } from './stack-redis.ts'

/** Starts every part in the order of the flow, and waits until each is ready. */
export async function startStack(options: StackOptions): Promise<Stack> {
  await using parts = new AsyncDisposableStack()
  const folder = parts.use(await temporaryFolder('stack'))
  const redis = options.redis ?? parts.use(await startOwnRedis(options))
  const stream = options.stream ?? LIVE_STREAM
  const journalPath = join(folder.path, 'journal.ndjson')
  const databaseUrl = options.database ?? `pglite://${join(folder.path, 'database')}`
  const metrics = new Map<string, string>()
  options.signal?.throwIfAborted()

  const where = { redisUrl: redis.url, stream, databaseUrl, metrics }
  const indexers = await startIndexers(options, where, (indexer) => parts.use(indexer))
  const relay = parts.use(await startRelay(options, journalPath))
  const relayUrl = listeningAt(relay.output) ?? ''
  const ingestFlags = ['--relay', relayUrl, '--redis-url', redis.url, '--stream', stream, '--start', 'oldest']
  const ingester = parts.use(
    await startMeasured('ingester', ['ingest', ...ingestFlags, ...(options.ingestFlags ?? [])], metrics),
  )

  const owned = parts.move()
  return {
    options,
    folder: folder.path,
    redis,
    relay,
    ingester,
    indexers,
    relayUrl,
    databaseUrl,
    journalPath,
    stream,
    group: LIVE_GROUP,
    metrics,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

interface Where {
  readonly redisUrl: string
  readonly stream: string
  readonly databaseUrl: string
  readonly metrics: Map<string, string>
}

async function startIndexers(
  options: StackOptions,
  { redisUrl, stream, databaseUrl, metrics }: Where,
  own: (indexer: Service) => void,
): Promise<ReadonlyMap<string, Service>> {
  const indexers = new Map<string, Service>()
  for (const consumer of options.consumers ?? ['indexer-1']) {
    const flags = ['--redis-url', redisUrl, '--stream', stream, '--database', databaseUrl]
    const tail = ['--consumer', consumer, '--record-effects', 'true', ...trimFlag(options)]
    const args = ['index', ...flags, ...tail, ...(options.indexFlags ?? [])]
    const indexer = await startMeasured(consumer, args, metrics)
    own(indexer)
    indexers.set(consumer, indexer)
    options.signal?.throwIfAborted()
  }
  return indexers
}

async function startOwnRedis({ redisConfig = {} }: StackOptions): Promise<StackRedis> {
  return startPrivateRedis({ listen: 'loopback', config: redisConfig })
}

async function startRelay(options: StackOptions, journalPath: string): Promise<Service> {
  const args = ['relay', '--port', '0', '--rate', `${options.rate}`, '--events', `${options.events}`]
  if (options.seed !== undefined) args.push('--seed', `${options.seed}`)
  if (options.accounts !== undefined) args.push('--accounts', `${options.accounts}`)
  return startService({
    name: 'relay',
    args: [...args, '--journal', journalPath],
    ready: ({ output }: Child) => listeningAt(output) !== null,
  })
}

/** The address in the one line that the relay prints once it listens. */
function listeningAt(output: readonly string[]): string | null {
  for (const line of output) {
    const address = /^\{"listening":"(ws:[^"]+)"/.exec(line)?.[1]
    if (address) return address
  }
  return null
}

async function startMeasured(
  name: string,
  args: readonly string[],
  metrics: Map<string, string>,
): Promise<Service> {
  const address = `127.0.0.1:${await freePort()}`
  const service = await startService({
    name,
    args: [...args, '--metrics-port', address.split(':')[1] ?? ''],
    ready: () => answers(`http://${address}/healthz`),
  })
  metrics.set(name, address)
  return service
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(1_000) })).ok
  } catch {
    return false
  }
}

function trimFlag({ trim }: StackOptions): readonly string[] {
  return trim === undefined ? [] : ['--trim', `${trim}`]
}
