import { isIP } from 'node:net'
import type { RedisOptions } from 'ioredis'
import { UsageError } from '#kernel/errors.ts'
import { redactUrl } from './redact-url.ts'
import { TLS_FILES } from './tls-files.ts'

const FORMS =
  'expected redis://host:port, rediss://host:port, sentinel://host:port/primary or unix:///path/to/socket'
const SENTINEL_PORT = 26_379

/**
 * Where a Redis URL points, in ioredis' words; the files that it names for TLS are for `readTlsFiles`. Throws
 * `UsageError` for anything that is not one.
 */
export function parseRedisUrl(text: string): RedisOptions {
  if (!URL.canParse(text)) throw new UsageError(`not a Redis URL: "${redactUrl(text)}"; ${FORMS}`)
  const url = new URL(text)
  refuseParameters(url)
  switch (url.protocol) {
    case 'unix:':
      return { path: decodeURIComponent(url.pathname), ...credentialsOf(url) }
    case 'redis:':
      return networkAddress(url)
    case 'rediss:':
      // A certificate is asked for by name; for an address Node compares the address itself.
      return { ...networkAddress(url), tls: isIP(hostOf(url)) ? {} : { servername: url.hostname } }
    case 'sentinel:':
      return { ...behindSentinel(url), ...credentialsOf(url) }
    default:
      throw new UsageError(`not a Redis URL: "${redactUrl(text)}"; ${FORMS}`)
  }
}

/** What we do not understand may have been meant to protect somebody. */
function refuseParameters({ protocol, searchParams }: URL): void {
  const known: readonly string[] = protocol === 'rediss:' ? TLS_FILES : []
  const unknown = [...searchParams.keys()].find((name) => !known.includes(name))
  if (unknown === undefined) return
  throw new UsageError(
    `not a Redis URL: parameter "${unknown}"; ${known.length > 0 ? `it takes ${known.join(', ')}` : `${protocol}// takes none`}`,
  )
}

function networkAddress(url: URL): RedisOptions {
  const database = url.pathname.slice(1)
  if (!/^\d*$/.test(database)) throw new UsageError(`not a Redis database number: "${database}"`)
  return {
    host: hostOf(url) || '127.0.0.1',
    port: Number(url.port || 6379),
    db: Number(database || 0),
    ...credentialsOf(url),
  }
}

/** The primary that a Sentinel names, also after a failover. The credentials are the primary's. */
function behindSentinel(url: URL): RedisOptions {
  const name = decodeURIComponent(url.pathname.slice(1))
  if (!name || !url.hostname) {
    throw new UsageError(`not a Redis URL: "${redactUrl(url.href)}"; expected sentinel://host:port/primary`)
  }
  return { sentinels: [{ host: hostOf(url), port: Number(url.port || SENTINEL_PORT) }], name }
}

/** An IPv6 address stands in brackets in a URL, and nowhere else. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1')
}

function credentialsOf({ username, password }: URL): RedisOptions {
  return {
    ...(username ? { username: decodeURIComponent(username) } : {}),
    ...(password ? { password: decodeURIComponent(password) } : {}),
  }
}
