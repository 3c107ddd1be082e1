import { once } from 'node:events'
import { verifyRepoCar } from '@atproto/repo'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { readLabelsFrame } from '#pipeline/ingest/frames/read-labels-frame.ts'
import { DEFAULT_MIX } from './event-mix.ts'
import { messageFrame } from './frame.ts'
import { frameSource } from './frame-source.ts'
import { startHostedNetwork } from './hosts/hosted-network.ts'
import type { Listing } from './hosts/listing-host.ts'
import { labelSource } from './label-source.ts'
import { type Relay, startRelay } from './relay.ts'

const xrpc = ({ url }: Relay, method: string) => `${url.replace('ws:', 'http:')}/xrpc/${method}`
const listRepos = async (relay: Relay, query = '') =>
  (await (await fetch(xrpc(relay, `com.atproto.sync.listRepos${query}`))).json()) as {
    repos: Listing[]
    cursor?: string
  }

test('the relay lists everybody page by page, and each repo that it redirects to is whole and signed', async () => {
  const mix = { ...DEFAULT_MIX, messages: { identity: 0.05, account: 0.1, sync: 0 } }
  await using network = await startHostedNetwork({ seed: 5, accounts: 12, mix, hosts: 2 })
  for (let frame = 0; frame < 300 || network.repos.every(({ status }) => !status); frame += 1) {
    network.source.next(100)
  }
  await using relay = await startRelay({ directory: network.directory })

  const first = await listRepos(relay, '?limit=7')
  const rest = await listRepos(relay, `?limit=1000&cursor=${first.cursor}`)
  const listed = [...first.repos, ...rest.repos]
  expect([first.repos.length, rest.cursor]).toEqual([7, undefined])
  expect(listed.map(({ did }) => did)).toEqual(network.repos.map(({ did }) => did))

  for (const { did, active, rev, head } of listed) {
    const response = await fetch(xrpc(relay, `com.atproto.sync.getRepo?did=${did}`))
    const repo = network.repos.find((one) => one.did === did)
    if (!active) {
      expect(await response.json()).toMatchObject({
        error: expect.stringMatching(/^Repo(Deactivated|Takendown)$/),
      })
      continue
    }
    const car = Buffer.from(await response.arrayBuffer())
    const { commit, creates } = await verifyRepoCar(car, did, repo?.didKey ?? '')
    expect([commit.rev, commit.cid.toString()]).toEqual([rev, head])
    expect(creates).toHaveLength(repo?.records.size ?? -1)
  }
  expect(new Set(listed.map(({ active }) => active))).toEqual(new Set([true, false]))
  expect((await fetch(xrpc(relay, 'com.atproto.sync.getRepo?did=did:plc:nobody'))).status).toBe(404)
})

test('the next requests are refused as told, and the one after them is not', async () => {
  await using relay = await startRelay()
  relay.refuse({ status: 429, retryAfter: 3 }, { status: 503 }, { status: 502 })
  const throttled = await fetch(xrpc(relay, 'com.atproto.sync.listRepos'))
  expect([throttled.status, throttled.headers.get('retry-after')]).toEqual([429, '3'])
  const statusOf = async () => {
    const socket = new WebSocket(`${relay.url}/xrpc/com.atproto.sync.subscribeRepos`)
    const refused = once(socket, 'unexpected-response').then(([, response]) => {
      socket.on('error', () => {})
      socket.terminate()
      return (response as { statusCode: number }).statusCode
    })
    return Promise.race([refused, once(socket, 'open').then(() => socket.terminate())])
  }
  expect([await statusOf(), await statusOf(), await statusOf()]).toEqual([503, 502, undefined])
})

test('refusals can be ordered from outside, and an order that makes no sense is none', async () => {
  await using relay = await startRelay()
  const order = async (query: string) =>
    (await fetch(`${relay.url.replace('ws:', 'http:')}/refuse?${query}`, { method: 'POST' })).status
  expect(await order('status=503&times=2&retryAfter=1')).toBe(200)
  for (const wrong of ['status=200', 'times=3', 'status=503&times=0', 'status=429&retryAfter=x']) {
    expect(await order(wrong)).toBe(400)
  }
  const statusOf = async () => (await fetch(xrpc(relay, 'com.atproto.sync.listRepos'))).status
  expect([await statusOf(), await statusOf(), await statusOf()]).toEqual([503, 503, 200])
})

test.each(['?limit=0', '?limit=1001', '?cursor=abc', '?cursor=-1'])(
  'listRepos%s is refused',
  async (query) => {
    await using relay = await startRelay()
    expect((await fetch(xrpc(relay, `com.atproto.sync.listRepos${query}`))).status).toBe(400)
  },
)

test('labels have a stream of their own, with cursors, that our ingester can read', async () => {
  const labels = labelSource({ seed: 1 })
  const identities = Array.from({ length: 40 }, (_, index) => {
    const seq = index + 1
    const body = { seq, did: 'did:plc:a', time: new Date(0).toISOString() }
    return {
      seq,
      bytes: messageFrame('#identity', body),
      events: [{ seq, did: 'did:plc:a', action: 'identity' as const, time: body.time }],
    }
  })
  await using relay = await startRelay({
    source: frameSource(identities),
    rate: 100_000,
    labels: { source: labels, perEvent: 0.5 },
  })
  await relay.waitUntilEmitted()
  const socket = new WebSocket(`${relay.url}/xrpc/com.atproto.label.subscribeLabels?cursor=5`)
  const read: ReturnType<typeof readLabelsFrame>[] = []
  socket.on('message', (bytes: Buffer) => {
    read.push(readLabelsFrame(bytes))
    if (read.length === 15) socket.close()
  })
  await once(socket, 'close')
  expect(read.map((frame) => 'seq' in frame && frame.seq)).toEqual(
    Array.from({ length: 15 }, (_, index) => index + 6),
  )
  expect(
    read.every((frame) => frame.kind === 'labels' && frame.rejected === null && frame.events.length === 1),
  ).toBe(true)
  expect(relay.subscribers).toBe(0)
})
