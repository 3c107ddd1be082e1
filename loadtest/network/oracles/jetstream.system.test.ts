import { describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { type Child, startChild } from '#kernel/process/child.ts'
import { freePort } from '#kernel/process/free-port.ts'
import { type TemporaryFolder, temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { builtAt } from '#loadtest/go-tools/built-at.ts'
import { jetstream } from '#loadtest/go-tools/jetstream.ts'
import type { FrameSource, RelayFrame } from '../frame-source.ts'
import { startHostedNetwork } from '../hosts/hosted-network.ts'
import type { JournalEvent } from '../journal-event.ts'
import { type Relay, startRelay } from '../relay.ts'
import { LIVELY_PEOPLE } from './lively-people.ts'
import { troubles } from './troubles.ts'

const jetstreamAt = builtAt(jetstream)

const take = (source: FrameSource, count: number) =>
  Array.from({ length: count }, () => source.next(100) as RelayFrame)

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

describe.skipIf(jetstreamAt === null)(
  jetstreamAt === null ? 'jetstream is not built: node loadtest/go-tools/build.ts jetstream' : 'jetstream',
  () => {
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
  },
)

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
