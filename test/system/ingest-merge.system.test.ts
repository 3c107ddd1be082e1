import { decode, decodeFirst, encode } from '@atcute/cbor'
import { expect, test } from 'vitest'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { startPrivateRedis } from '#kernel/redis/private-redis.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { type RelayFrame, streamEventsIn } from '#loadtest/network/frame-source.ts'
import { isStreamEvent } from '#loadtest/network/journal-event.ts'
import { type Relay, startRelay } from '#loadtest/network/relay.ts'
import { syntheticNetwork } from '#loadtest/network/synthetic-network.ts'
import { startService } from '#loadtest/stack/service.ts'
import { cursorKey, LIVE_STREAM, type StreamEvent } from '#pipeline/contract.ts'

const within = seconds(40)
const FRAMES = 600
/** By how much the second relay counts differently. */
const OFFSET = 1_000_000

/** The same happenings, as another relay numbers them. */
function renumbered({ seq, bytes, events }: RelayFrame): RelayFrame {
  const [header, rest] = decodeFirst(bytes) as [unknown, Uint8Array]
  const body = { ...(decode(rest) as object), seq: seq + OFFSET }
  return { seq: seq + OFFSET, bytes: Buffer.concat([encode(header), encode(body)]), events }
}

const nameOf = (event: object): string => {
  const { did, rev, action, type, collection, rkey, time } = event as Readonly<Record<string, unknown>>
  return [did, rev ?? time, action ?? type, collection, rkey].join(' ')
}

test('of two relays one is late and the other is killed, and so is the ingester: every event is there, in the flow once', async () => {
  const network = syntheticNetwork({ seed: 11, accounts: 60 })
  const frames = Array.from({ length: FRAMES }, () => network.next(100) as RelayFrame)
  expect(frames.reduce((sum, frame) => sum + streamEventsIn(frame), 0)).toBeGreaterThan(FRAMES / 2)
  await using server = await startPrivateRedis()
  const redis = await connectRedis(server.url, { name: 'test' })
  const first = await startRelay()
  await using second = await startRelay()
  const cursorOf = async (relay: Relay) => Number(await redis.get(cursorKey(LIVE_STREAM, relay.url)))
  const say = (relay: Relay, from: number, to: number) => {
    for (const frame of frames.slice(from, to)) relay.publish(relay === first ? frame : renumbered(frame))
  }
  const reaches = (relay: Relay, at: number) => {
    const seq = (frames[at - 1]?.seq ?? 0) + (relay === first ? 0 : OFFSET)
    return until(async () => (await cursorOf(relay)) === seq, { within, what: `frame ${at} of ${relay.url}` })
  }
  const stored = async () =>
    (await redis.xrange(LIVE_STREAM, '-', '+')).map(([, [, text]]) =>
      nameOf(JSON.parse(text ?? '') as StreamEvent),
    )
  const expected = (to: number) =>
    frames.slice(0, to).flatMap(({ events }) => events.filter(isStreamEvent).map(nameOf))

  const relays = ['--relay', `${first.url},${second.url}`, '--relay-mode', 'merge']
  say(first, 0, 120)
  say(second, 0, 40)
  await using ingester = await startService({
    name: 'ingester',
    args: ['ingest', ...relays, '--redis-url', server.url, '--start', 'oldest', '--log-level', 'warn'],
    ready: () => second.subscribers === 1,
  })
  await reaches(first, 120)
  say(first, 120, 280)
  await reaches(first, 280)
  await first[Symbol.asyncDispose]()
  say(second, 40, 400)
  await reaches(second, 400)
  expect((await stored()).toSorted()).toEqual(expected(400).toSorted())

  say(second, 400, FRAMES)
  await ingester.kill('SIGKILL')
  await ingester.start()
  await reaches(second, FRAMES)
  expect([...new Set(await stored())].toSorted()).toEqual([...new Set(expected(FRAMES))].toSorted())
  await ingester.kill('SIGTERM')
  redis.disconnect()
})
