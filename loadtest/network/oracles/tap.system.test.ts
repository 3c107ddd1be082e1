import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startChild } from '#kernel/process/child.ts'
import { freePort } from '#kernel/process/free-port.ts'
import { type TemporaryFolder, temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { builtAt } from '#loadtest/go-tools/built-at.ts'
import { tap } from '#loadtest/go-tools/tap.ts'
import type { FrameSource, RelayFrame } from '../frame-source.ts'
import { type HostedNetwork, startHostedNetwork } from '../hosts/hosted-network.ts'
import { type Relay, startRelay } from '../relay.ts'
import { LIVELY_PEOPLE, STEADFAST } from './lively-people.ts'
import { troubles } from './troubles.ts'

const tapAt = builtAt(tap)

const http = ({ url }: Relay) => url.replace('ws:', 'http:')
const take = (source: FrameSource, count: number) =>
  Array.from({ length: count }, () => source.next(100) as RelayFrame)

/** The key of the signature, and the length of what follows. */
const SIGNATURE = Buffer.from('\u0063sigX@')

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

describe.skipIf(tapAt === null)(
  tapAt === null ? 'tap is not built: node loadtest/go-tools/build.ts tap' : 'tap',
  () => {
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
  },
)

/** Of the signature: the hashes of record blocks are nothing that tap looks at. */
function flipped(frame: RelayFrame): RelayFrame {
  const bytes = Buffer.from(frame.bytes)
  const at = bytes.indexOf(SIGNATURE) + SIGNATURE.length
  bytes.writeUInt8((bytes[at] ?? 0) ^ 1, at)
  return { ...frame, bytes }
}
