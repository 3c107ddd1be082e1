import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { type Child, startChild } from '#kernel/process/child.ts'
import { freePort } from '#kernel/process/free-port.ts'
import { type TemporaryFolder, temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { builtAt } from '#loadtest/go-tools/built-at.ts'
import { jetstream } from '#loadtest/go-tools/jetstream.ts'
import { tap } from '#loadtest/go-tools/tap.ts'
import { DEFAULT_MIX } from '../event-mix.ts'
import type { FrameSource, RelayFrame } from '../frame-source.ts'
import { type HostedNetwork, startHostedNetwork } from '../hosts/hosted-network.ts'
import type { JournalEvent } from '../journal-event.ts'
import { type Relay, startRelay } from '../relay.ts'

const tapAt = builtAt(tap)
const jetstreamAt = builtAt(jetstream)
const howTo = (name: string) => `${name} is not built: node loadtest/go-tools/build.ts ${name}`

/** Everything that is rare happens often. */
const LIVELY = {
  ...DEFAULT_MIX,
  messages: { identity: 0.03, account: 0.04, sync: 0.02 },
  deletes: 0.25,
  severalOps: { share: 0.15, most: 6 },
}
/** Nobody goes away: tap asks for the repo of somebody who is away in vain, and again only after a minute. */
const STEADFAST = { ...LIVELY, messages: { ...LIVELY.messages, account: 0 } }
const LIVELY_PEOPLE = { accounts: 40, mix: LIVELY, handles: false }

const http = ({ url }: Relay) => url.replace('ws:', 'http:')
const take = (source: FrameSource, count: number) =>
  Array.from({ length: count }, () => source.next(100) as RelayFrame)

/** The key of the signature, and the length of what follows. */
const SIGNATURE = Buffer.from('\u0063sigX@')

interface Said {
  readonly level?: string
  readonly msg?: string
}

/** What a Go program logged that was no remark; unreadable lines count. */
function troubles(lines: readonly string[]): string[] {
  return lines.filter((line) => {
    try {
      const { level = 'INFO' } = JSON.parse(line) as Said
      return level !== 'INFO' && level !== 'DEBUG'
    } catch {
      return true
    }
  })
}

async function startTap(folder: TemporaryFolder, relay: Relay, plcUrl: string) {
  const port = await freePort()
  const child = await startChild(tapAt ?? '', ['run', '--full-network', '--disable-acks'], {
    name: 'tap',
    env: {
      TAP_DATABASE_URL: `sqlite://${join(folder.path, 'tap.db')}`,
      TAP_BIND: `127.0.0.1:${port}`,
      TAP_PLC_URL: plcUrl,
      TAP_RELAY_URL: http(relay),
    },
  })
  const lines: string[] = []
  child.onLine((line) => void (line.includes('"remote_ip"') || lines.push(line)))
  const stat = async (name: string, field: string) => {
    const answer = await fetch(`http://127.0.0.1:${port}/stats/${name}`)
    return ((await answer.json()) as Record<string, number>)[field]
  }
  return {
    lines,
    repos: () => stat('repo-count', 'repo_count'),
    records: () => stat('record-count', 'record_count'),
    waiting: () => stat('resync-buffer', 'resync_buffer'),
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  }
}

/** An account comes to life with its first frame; tap gets one that it does not know from its host. */
function everyoneSettles({ source, repos }: HostedNetwork): void {
  while (repos.length < LIVELY_PEOPLE.accounts) source.next(100)
}

function untilLevel(
  {
    records,
    waiting,
  }: { records: () => Promise<number | undefined>; waiting: () => Promise<number | undefined> },
  { repos }: HostedNetwork,
): Promise<unknown> {
  const there = () => repos.reduce((sum, { records: { size } }) => sum + size, 0)
  return until(async () => (await records()) === there() && (await waiting()) === 0, {
    within: seconds(60),
    what: 'every record in tap',
  })
}

describe.skipIf(tapAt === null)(tapAt === null ? howTo('tap') : 'tap', () => {
  test('fetches every repo, follows every commit, and has the very records that there are', async () => {
    await using folder = await temporaryFolder('tap')
    await using network = await startHostedNetwork({ ...LIVELY_PEOPLE, mix: STEADFAST, seed: 21, hosts: 2 })
    everyoneSettles(network)
    await using relay = await startRelay({ directory: network.directory })
    await using oracle = await startTap(folder, relay, network.plc.url)
    await untilLevel(oracle, network)
    await until(() => relay.subscribers === 1, { within: seconds(20), what: 'subscription of tap' })
    for (const frame of take(network.source, 1_000)) relay.publish(frame)
    await untilLevel(oracle, network)

    expect(await oracle.repos()).toBe(network.repos.length)
    expect(troubles(oracle.lines)).toEqual([])
  })

  test('complains of a signature with one flipped bit', async () => {
    await using folder = await temporaryFolder('tap')
    await using network = await startHostedNetwork({ ...LIVELY_PEOPLE, mix: STEADFAST, seed: 22 })
    everyoneSettles(network)
    await using relay = await startRelay({ directory: network.directory })
    await using oracle = await startTap(folder, relay, network.plc.url)
    await untilLevel(oracle, network)
    const broken = take(network.source, 50).find(({ bytes }) =>
      Buffer.from(bytes).includes(SIGNATURE),
    ) as RelayFrame
    expect(troubles(oracle.lines)).toEqual([])
    await until(() => relay.subscribers === 1, { within: seconds(20), what: 'subscription of tap' })
    relay.publish(flipped(broken))
    await until(() => troubles(oracle.lines).length > 0, { within: seconds(20), what: 'complaint of tap' })

    expect(troubles(oracle.lines).join()).toContain(broken.events[0]?.did)
  })
})

/** Of the signature: the hashes of record blocks are nothing that tap looks at. */
function flipped(frame: RelayFrame): RelayFrame {
  const bytes = Buffer.from(frame.bytes)
  const at = bytes.indexOf(SIGNATURE) + SIGNATURE.length
  bytes.writeUInt8((bytes[at] ?? 0) ^ 1, at)
  return { ...frame, bytes }
}

interface Translated {
  readonly did: string
  readonly kind: 'commit' | 'identity' | 'account'
  readonly commit?: Record<'operation' | 'collection' | 'rkey' | 'rev', string> & { cid?: string }
}

const asJournaled = (event: JournalEvent) =>
  'collection' in event
    ? [event.did, event.action, event.collection, event.rkey, event.rev, 'cid' in event ? event.cid : '']
    : [event.did, event.action]
const asTranslated = ({ did, kind, commit }: Translated) =>
  commit ? [did, commit.operation, commit.collection, commit.rkey, commit.rev, commit.cid ?? ''] : [did, kind]

describe.skipIf(jetstreamAt === null)(jetstreamAt === null ? howTo('jetstream') : 'jetstream', () => {
  test('translates every event of ours, in the order of each account, and complains of none', async () => {
    await using folder = await temporaryFolder('jetstream')
    await using network = await startHostedNetwork({ ...LIVELY_PEOPLE, seed: 23 })
    const frames = take(network.source, 800)
    const events = frames.flatMap((frame) => frame.events)
    await using relay = await startRelay()
    const [port, metrics] = [await freePort(), await freePort()]
    await using child = await startJetstream(folder, relay, port, metrics)
    const lines: string[] = []
    child.onLine((line) => lines.push(line))
    await until(() => relay.subscribers === 1, { within: seconds(20), what: 'subscription of jetstream' })
    const socket = await until(() => connected(`ws://127.0.0.1:${port}/subscribe`), {
      within: seconds(20),
      what: 'jetstream that listens',
    })
    const got: Translated[] = []
    socket.on('message', (text: Buffer) => got.push(JSON.parse(text.toString()) as Translated))
    for (const frame of frames) relay.publish(frame)
    await until(() => got.length >= events.length, { within: seconds(30), what: `${events.length} events` })
    socket.terminate()

    const byAccount = <T>(list: readonly T[], did: (one: T) => string, as: (one: T) => unknown) =>
      Object.fromEntries([...Map.groupBy(list, did)].map(([name, own]) => [name, own.map(as)]))
    expect(byAccount(got, ({ did }) => did, asTranslated)).toEqual(
      byAccount(events, ({ did }) => did, asJournaled),
    )
    expect(troubles(lines)).toEqual([])
  })
})

function startJetstream(
  folder: TemporaryFolder,
  relay: Relay,
  port: number,
  metrics: number,
): Promise<Child> {
  return startChild(jetstreamAt ?? '', [], {
    name: 'jetstream',
    env: {
      JETSTREAM_WS_URL: `${relay.url}/xrpc/com.atproto.sync.subscribeRepos`,
      JETSTREAM_LISTEN_ADDR: `127.0.0.1:${port}`,
      JETSTREAM_METRICS_LISTEN_ADDR: `127.0.0.1:${metrics}`,
      JETSTREAM_DATA_DIR: folder.path,
    },
  })
}

async function connected(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url)
  await new Promise<void>((resolve, reject) => {
    socket.on('open', resolve)
    socket.on('error', reject)
  })
  return socket
}
