import type { Redis } from 'ioredis'
import { DependencyError, StandpipeError } from '#kernel/errors.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { withAddress } from '#kernel/redis/with-address.ts'
import type { SentinelEvidence } from '../evidence/sentinel-evidence.ts'
import type { AuditedServer } from './audited-server.ts'
import { findPrimaries } from './find-primaries.ts'
import { isSentinel, onlyPrimaryOf, readSentinel, type WatchedPrimary } from './read-sentinel.ts'

/** The servers behind one URL, with a connection to each that answers. Disposing of it closes them. */
export interface Deployment extends AsyncDisposable {
  readonly servers: readonly AuditedServer[]
  /** The Sentinel that led us there; `null` when none did. */
  readonly sentinel: SentinelEvidence | null
}

const NAME = { name: 'standpipe-audit' }

/**
 * Follows a URL to what it stands for: itself, the primary that a Sentinel names, or the primaries of a cluster with
 * the streams that lie on each. Throws `DependencyError` when the first server cannot be reached; of a cluster's
 * others that is told instead.
 */
export async function openDeployment(url: string, streams: readonly string[]): Promise<Deployment> {
  await using open = new AsyncDisposableStack()
  const connect = async (to: string): Promise<Redis> =>
    open.adopt(await connectRedis(to, NAME), (redis) => redis.disconnect())

  const { redis, sentinel, url: reached } = await followSentinel(url, connect)
  const servers = await Promise.all(
    (await findPrimaries(redis, streams)).map(async ({ node, ...found }): Promise<AuditedServer> => {
      if (node === null || node.self) return { ...found, url: reached, connection: { redis } }
      const to = withAddress(reached, node.host, node.port)
      return { ...found, url: to, connection: await reach(to, connect) }
    }),
  )
  const closing = open.move()
  return { servers, sentinel, [Symbol.asyncDispose]: () => closing.disposeAsync() }
}

interface Followed {
  readonly redis: Redis
  readonly url: string
  readonly sentinel: SentinelEvidence | null
}

async function followSentinel(url: string, connect: (url: string) => Promise<Redis>): Promise<Followed> {
  const named = url.startsWith('sentinel://') ? new URL(url) : null
  const first = await connect(named ? `redis://${named.host}${named.port ? '' : ':26379'}` : url)
  if (!(await isSentinel(first))) {
    if (named) throw new DependencyError(`${named.host} is no Sentinel; a server itself is named redis://`)
    return { redis: first, url, sentinel: null }
  }
  const { host, port, evidence } = await askSentinel(
    first,
    named && decodeURIComponent(named.pathname.slice(1)),
  )
  const name = evidence.primary
  const primary = withAddress(url, host, port)
  const redis = await connect(primary).catch((error: Error) => {
    throw new DependencyError(`${error.message}; a Sentinel names it as the primary of "${name}"`, {
      cause: error,
    })
  })
  return { redis, url: primary, sentinel: evidence }
}

async function askSentinel(sentinel: Redis, name: string | null): Promise<WatchedPrimary> {
  try {
    return await readSentinel(sentinel, name ?? (await onlyPrimaryOf(sentinel)))
  } catch (error) {
    if (error instanceof StandpipeError) throw error
    throw new DependencyError(`the Sentinel gave no answer: ${(error as Error).message}`, { cause: error })
  }
}

async function reach(
  url: string,
  connect: (url: string) => Promise<Redis>,
): Promise<AuditedServer['connection']> {
  try {
    return { redis: await connect(url) }
  } catch (error) {
    if (error instanceof DependencyError) return { unreachable: error.message }
    throw error
  }
}
