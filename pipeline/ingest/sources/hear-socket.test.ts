import { expect, test } from 'vitest'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import type { Frame } from '#pipeline/ingest/frames/frame.ts'
import { anIdentityFrame } from '#test/support/firehose-frames.ts'
import { startScriptedRelay } from '#test/support/scripted-relay.ts'
import { hearSocket } from './hear-socket.ts'

const PATIENCE = { ping: seconds(10), pong: seconds(10), idle: seconds(60) }

test('a message of the limit is read, one byte more is not, and the next one is heard on the same connection', async () => {
  await using relay = await startScriptedRelay()
  const [short, long] = [anIdentityFrame(1), anIdentityFrame(2, `${'x'.repeat(9_000)}.example`)]
  const limit = long.length - 1
  const atLimit = Buffer.concat([short, Buffer.alloc(limit - short.length)])
  const read: number[] = []
  const heard: { frame: Frame; kept: number }[] = []
  const understand = (message: Uint8Array): Frame => {
    read.push(message.length)
    return { kind: 'unknown', type: 'test' }
  }
  const subscription = hearSocket(
    'com.atproto.sync.subscribeRepos',
    understand,
    limit,
  )({
    relay: relay.url,
    patience: PATIENCE,
    reconnect: { base: 10, cap: 10 },
    position: () => 0,
    onOpen: () => {},
    onEnd: () => {},
    onFrame: (frame, message) => heard.push({ frame, kept: message.length }),
  })
  relay.say({ seq: 1, bytes: atLimit }, { seq: 2, bytes: long }, { seq: 3, bytes: short })
  await until(() => heard.length === 3, { within: seconds(5), what: 'three messages' })
  await subscription.stop()

  expect(read).toEqual([limit, short.length])
  expect(heard[1]).toEqual({ frame: { kind: 'unreadable', rejected: 'frame-too-big' }, kept: 4_096 })
  expect(relay.cursors).toEqual([0])
})
