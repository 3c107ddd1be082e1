import type { RedisOptions } from 'ioredis'
import { UsageError } from '#kernel/errors.ts'
import { redactUrl } from './redact-url.ts'

const FORMS = 'expected redis://host:port, rediss://host:port or unix:///path/to/socket'

/** Where a Redis URL points, in ioredis' words. Throws `UsageError` for anything that is not one. */
export function parseRedisUrl(text: string): RedisOptions {
  if (!URL.canParse(text)) throw new UsageError(`not a Redis URL: "${redactUrl(text)}"; ${FORMS}`)
  const url = new URL(text)
  switch (url.protocol) {
    case 'unix:':
      return { path: decodeURIComponent(url.pathname), ...credentialsOf(url) }
    case 'redis:':
      return networkAddress(url)
    case 'rediss:':
      return { ...networkAddress(url), tls: { servername: url.hostname } }
    default:
      throw new UsageError(`not a Redis URL: "${redactUrl(text)}"; ${FORMS}`)
  }
}

function networkAddress(url: URL): RedisOptions {
  const database = url.pathname.slice(1)
  if (!/^\d*$/.test(database)) throw new UsageError(`not a Redis database number: "${database}"`)
  return {
    host: url.hostname || '127.0.0.1',
    port: Number(url.port || 6379),
    db: Number(database || 0),
    ...credentialsOf(url),
  }
}

function credentialsOf({ username, password }: URL): RedisOptions {
  return {
    ...(username ? { username: decodeURIComponent(username) } : {}),
    ...(password ? { password: decodeURIComponent(password) } : {}),
  }
}
