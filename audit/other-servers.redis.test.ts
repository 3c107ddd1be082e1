import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { type PrivateRedis, startPrivateRedis } from '#kernel/redis/private-redis.ts'
import { cursorKey } from '#pipeline/contract.ts'
import { audit } from './audit.ts'
import type { AuditResults } from './audit-results.ts'

const SERVERS = [
  { name: 'redis-8', version: /^redis 8\./ },
  { name: 'valkey-8', version: /^valkey 8\./ },
  { name: 'valkey-9', version: /^valkey 9\./ },
].map((server) => ({ ...server, binary: resolve('.tools/servers', server.name, 'redis-server') }))

const STREAM = 'firehose_live'
const GROUP = 'firehose_group'

const toldBy = ({ findings }: AuditResults, check: string) =>
  findings
    .filter((finding) => finding.check === check)
    .map(({ verdict, observed }) => `${verdict}: ${observed}`)

describe.each(SERVERS)('$name', ({ name, version, binary }) => {
  const isHere = existsSync(binary)
  let server: PrivateRedis
  let redis: Redis

  beforeAll(async () => {
    if (!isHere) return
    server = await startPrivateRedis({ binary, config: { maxmemory: '256mb', maxclients: '2000' } })
    redis = await connectRedis(server.url, { name: 'test' })
  })

  afterAll(async () => {
    if (!isHere) return
    redis.disconnect()
    await server[Symbol.asyncDispose]()
  })

  const here = isHere
    ? 'a healthy stream is judged whole, and its loss exactly'
    : `skipped: ${name} is not here; bin/other-servers brings it`

  test.skipIf(!isHere)(here, async () => {
    await redis.set(cursorKey(STREAM, 'wss://relay.example'), '9')
    await redis.xgroup('CREATE', STREAM, GROUP, '0', 'MKSTREAM')
    for (let id = 1; id <= 9; id++) await redis.xadd(STREAM, `${id}-0`, 'event', '{}')
    const read = await redis.xreadgroup('GROUP', GROUP, 'a', 'COUNT', 5, 'STREAMS', STREAM, '>')
    expect(read).not.toBeNull()
    await redis.xack(STREAM, GROUP, ...[1, 2, 3, 4, 5].map((id) => `${id}-0`))

    const healthy = await audit(server.url)
    expect(healthy.server.version).toMatch(version)
    const blind = healthy.findings.filter(({ verdict }) => verdict === 'unknown')
    expect(blind.map(({ check, observed }) => `${check}: ${observed}`)).toEqual([])
    const told = ['unread-trimmed', 'cursor-behind-trim', 'lag-known', 'server-role', 'eviction-policy']
    for (const check of told) expect(toldBy(healthy, check)).toEqual([expect.stringMatching(/^pass: /)])

    await redis.xtrim(STREAM, 'MAXLEN', 1)
    expect(toldBy(await audit(server.url), 'unread-trimmed')).toEqual([
      'fail: 3 entries, after 5-0 and before 9-0',
    ])
  })
})
