import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decodeFirst } from '@atcute/cbor'
import { expect, test } from 'vitest'
import { DependencyError, UsageError } from '#kernel/errors.ts'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { readReplayFile } from './replay-file.ts'

const CID = 'bafyreie5cvv4h45feadgeuwhbcutmh6t2ceseocckahdoe6uat64zmz454'

const commit = {
  seq: 40,
  repo: 'did:plc:a',
  rev: '3lmxjza3nva27',
  time: '2025-04-16T21:30:26.717Z',
  blocks: { $bytes: 'AQID' },
  commit: { $link: CID },
  ops: [
    { action: 'create', path: 'app.bsky.feed.like/1', cid: { $link: CID } },
    { action: 'delete', path: 'org.example.thing/2', cid: null },
  ],
}

async function framesIn(content: string) {
  await using folder = await temporaryFolder('replay')
  const path = join(folder.path, 'captured.json')
  await writeFile(path, content)
  const source = await readReplayFile(path)
  return Array.from({ length: 10 }, () => source.next(1)).filter((frame) => frame !== null)
}

const messages = (...frames: object[]) => JSON.stringify({ messages: frames.map((frame) => ({ frame })) })

test('the body of a lone commit becomes one frame with its events', async () => {
  const [frame] = await framesIn(JSON.stringify(commit))
  const [header, rest] = decodeFirst(frame?.bytes ?? new Uint8Array())

  expect(header).toEqual({ op: 1, t: '#commit' })
  expect(JSON.parse(JSON.stringify(decodeFirst(rest)[0]))).toEqual(commit)
  const common = { seq: 40, did: 'did:plc:a', rev: commit.rev, time: commit.time }
  expect(frame?.events).toEqual([
    { ...common, collection: 'app.bsky.feed.like', rkey: '1', action: 'create', cid: CID },
    { ...common, collection: 'org.example.thing', rkey: '2', action: 'delete', filtered: true },
  ])
})

test('captured messages keep their order and sequences; one without a sequence gets the next', async () => {
  const identity = { did: 'did:plc:a', time: commit.time }
  const frames = await framesIn(
    messages(
      { header: { op: 1, t: '#identity' }, body: { ...identity, seq: 7 } },
      { header: { op: 1, t: '#account' }, body: { ...identity, active: true } },
      { header: { op: 1, t: '#commit' }, body: commit },
    ),
  )

  expect(frames.map(({ seq }) => seq)).toEqual([7, 8, 40])
  expect(frames.flatMap(({ events }) => events.map(({ action }) => action))).toEqual([
    'identity',
    'account',
    'create',
    'delete',
  ])
})

test.each([
  { content: 'not json', says: /is not JSON/ },
  { content: '{"messages":[{"frame":{"header":{"op":1,"t":"#unheard"},"body":{}}}]}', says: /holds neither/ },
  { content: '{"seq":1}', says: /holds neither/ },
])('$content is refused with a sentence', async ({ content, says }) => {
  const failure = await framesIn(content).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(UsageError)
  expect((failure as Error).message).toMatch(says)
})

test('a file that is not there is named', async () => {
  const failure = await readReplayFile('/nowhere/at.all').catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(DependencyError)
  expect((failure as Error).message).toContain('/nowhere/at.all')
})
