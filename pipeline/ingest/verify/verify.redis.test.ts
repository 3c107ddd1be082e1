import { formatDidKey } from '@atproto/crypto'
import { describe, expect } from 'vitest'
import { createLog } from '#kernel/log/log.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import type { Account } from '#loadtest/network/account.ts'
import { didDocument, type PlcHost, startPlcHost } from '#loadtest/network/hosts/plc-host.ts'
import { syntheticNetwork } from '#loadtest/network/synthetic-network.ts'
import { didKeyKey } from '#pipeline/contract.ts'
import type { IngesterOptions } from '#pipeline/ingest/ingester-options.ts'
import { startIngester } from '#pipeline/ingest/start-ingester.ts'
import { aFrame } from '#test/support/firehose-frames.ts'
import { test } from '#test/support/redis.ts'
import { type ScriptedRelay, startScriptedRelay } from '#test/support/scripted-relay.ts'

const FRAMES = 120

function aNetwork(seed: number) {
  const accounts = new Map<string, Account>()
  const network = syntheticNetwork({
    seed,
    accounts: 10,
    onBorn: (account) => accounts.set(account.did, account),
  })
  const messages = Array.from({ length: FRAMES }, (_, index) => ({
    seq: index + 1,
    bytes: Buffer.from(network.next(Infinity)?.bytes ?? []),
  }))
  return { accounts, messages }
}

function register(plc: PlcHost, { did, handle, key }: Account, signer = key): void {
  const didKey = formatDidKey(signer.curve === 'p256' ? 'ES256' : 'ES256K', signer.publicKey())
  plc.forge(
    did,
    didDocument({ did, handle, didKey } as Parameters<typeof didDocument>[0], 'https://pds.test'),
  )
}

const start = (
  redisUrl: string,
  relay: ScriptedRelay,
  plc: PlcHost,
  options: Partial<IngesterOptions> = {},
) =>
  startIngester({
    relay: relay.url,
    redisUrl,
    stream: 's',
    start: 'oldest',
    collections: ['*'],
    highWater: 100_000,
    batchEntries: 100,
    inFlightBytes: 1_000_000,
    verify: 'signature',
    plcUrl: plc.url,
    log: createLog({ name: 'ingest', level: 'silent' }),
    tuning: { reconnect: { base: 10, cap: 50 }, retry: { base: 5, cap: 50 } },
    ...options,
  })

describe('verified commits', () => {
  test.for([
    { verify: 'signature' },
    { verify: 'full' },
    { verify: 'signature', source: 'atproto-sync' },
  ] as const)('of a true network all arrive: %o', async (how, { server, redis }) => {
    const { accounts, messages } = aNetwork(5)
    await using plc = await startPlcHost()
    await using relay = await startScriptedRelay()
    for (const account of accounts.values()) register(plc, account)
    relay.say(...messages)
    await using ingester = await start(server.url, relay, plc, how)
    await until(() => ingester.counts.cursor === FRAMES, { within: seconds(10), what: 'all frames' })
    const { events, rejectedFrames } = ingester.counts
    expect(Object.values(rejectedFrames).every((count) => count === 0)).toBe(true)
    expect(await redis.xlen('s')).toBe(Object.values(events).reduce((sum, count) => sum + count, 0))
    const [did = ''] = accounts.keys()
    expect(await redis.get(didKeyKey(did))).toMatch(/^did:key:z/)
    expect(await redis.ttl(didKeyKey(did))).toBeGreaterThan(86_000)
  })

  test.for(['relay', 'atproto-sync'] as const)(
    'with another signature are kept apart and counted, and the pipeline goes on: %s',
    async (source, { server, redis }) => {
      const { accounts, messages } = aNetwork(6)
      await using plc = await startPlcHost()
      await using relay = await startScriptedRelay()
      const [victim, other] = [...accounts.values()] as [Account, Account]
      for (const account of accounts.values()) register(plc, account)
      register(plc, victim, other.key)
      relay.say(...messages)
      await using ingester = await start(server.url, relay, plc, { source })
      await until(() => ingester.counts.cursor === FRAMES, { within: seconds(10), what: 'all frames' })
      const entries = await redis.xrange('s', '-', '+')
      const events = entries.map(([, [, text]]) => JSON.parse(text ?? '') as { did: string; rev?: string })
      expect(events.length).toBeGreaterThan(0)
      expect(events.filter(({ did, rev }) => rev && did === victim.did)).toEqual([])
      const rejected = ingester.counts.rejectedFrames['invalid-signature']
      expect(rejected).toBeGreaterThan(0)
      expect(await redis.xlen('s:rejected-frames')).toBe(rejected)
    },
  )

  test('are held against a key that is asked for again once an identity comes', async ({ server, redis }) => {
    const { accounts, messages } = aNetwork(7)
    await using plc = await startPlcHost()
    await using relay = await startScriptedRelay()
    const [did = ''] = accounts.keys()
    for (const account of accounts.values()) register(plc, account)
    relay.say(...messages)
    await using ingester = await start(server.url, relay, plc)
    await until(() => ingester.counts.cursor === FRAMES, { within: seconds(10), what: 'all frames' })
    expect(await redis.exists(didKeyKey(did))).toBe(1)
    const identity = { did, seq: FRAMES + 1, time: '2026-01-02T03:04:05.678Z' }
    relay.say({ seq: FRAMES + 1, bytes: aFrame('#identity', identity) })
    await until(async () => (await redis.exists(didKeyKey(did))) === 0, {
      within: seconds(5),
      what: 'forgotten key',
    })
  })

  test('wait for the directory, in order and in bounded memory, and lose nothing', async ({
    server,
    redis,
  }) => {
    const { accounts, messages } = aNetwork(8)
    await using relay = await startScriptedRelay()
    const gone = await startPlcHost()
    await gone[Symbol.asyncDispose]()
    relay.say(...messages)
    const ingester = await start(server.url, relay, gone, { inFlightBytes: 20_000 })
    await until(() => ingester.counts.backpressureMs > 0 || ingester.counts.connected, {
      within: seconds(5),
      what: 'a connection',
    })
    await ingester.stop()
    const stored = ingester.counts.cursor ?? 0
    expect(stored).toBeLessThan(FRAMES)
    await using plc = await startPlcHost()
    for (const account of accounts.values()) register(plc, account)
    await using again = await start(server.url, relay, plc)
    await until(() => again.counts.cursor === FRAMES, { within: seconds(10), what: 'all frames' })
    const events = [again, ingester].flatMap(({ counts }) => Object.values(counts.events))
    expect(await redis.xlen('s')).toBe(events.reduce((sum, count) => sum + count, 0))
  })
})
