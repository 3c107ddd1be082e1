import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeFirst } from '@atcute/cbor'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { isStreamEvent, type JournalEvent } from '#loadtest/network/journal-event.ts'
import { startService } from '#loadtest/stack/service.ts'

interface Line {
  readonly finished?: true
  readonly events?: number
  readonly lastSeq?: number
}

async function startRelay(...flags: string[]) {
  const service = await startService({
    name: 'relay',
    args: ['relay', ...flags],
    ready: ({ output }) => output.some((line) => line.startsWith('{"listening"')),
  })
  const { listening } = JSON.parse(service.output[0] ?? '') as { listening: string }
  return { service, url: `${listening}/xrpc/com.atproto.sync.subscribeRepos` }
}

const linesOf = (path: string) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as JournalEvent & Line)

test('the relay says where it listens, writes down what it sends, and stops in order', async () => {
  await using folder = await temporaryFolder('relay')
  const journal = join(folder.path, 'journal.ndjson')
  const { service, url } = await startRelay('--rate', '0', '--events', '3000', '--journal', journal)
  await using _ = service
  const socket = new WebSocket(`${url}?cursor=0`)
  const seqs: number[] = []
  socket.on('message', (bytes: Buffer) => {
    const [, body] = decodeFirst(bytes)
    seqs.push((decodeFirst(body)[0] as { seq: number }).seq)
  })
  await until(() => linesOf(journal).at(-1)?.finished, { within: seconds(20), what: 'end of the journal' })
  const lines = linesOf(journal)
  const end = lines.pop()
  await until(() => seqs.at(-1) === end?.lastSeq, { within: seconds(20), what: 'last frame' })

  expect(end).toMatchObject({ finished: true, events: 3_000, lastSeq: seqs.at(-1) })
  expect(lines.filter(isStreamEvent)).toHaveLength(3_000)
  expect(seqs).toEqual(seqs.map((_seq, index) => (seqs[0] ?? 0) + index))
  await service.kill('SIGTERM')
  expect(service.pid).toBeNull()
})

test('by the clock, the events of a second take about a second, whoever listens', async () => {
  await using folder = await temporaryFolder('relay')
  const journal = join(folder.path, 'journal.ndjson')
  const { service, url } = await startRelay('--rate', '500', '--events', '1000', '--journal', journal)
  await using _ = service
  await until(() => linesOf(journal).at(-1)?.finished, { within: seconds(20), what: 'end of the journal' })
  const times = linesOf(journal).flatMap((line) => (line.finished ? [] : Date.parse(line.time)))
  const took = (times.at(-1) ?? 0) - (times[0] ?? 0)

  expect(took).toBeGreaterThan(1_800)
  expect(took).toBeLessThan(4_000)
  const late = new WebSocket(`${url}?cursor=0`)
  const [first] = (await once(late, 'message')) as [Buffer]
  late.terminate()
  expect(decodeFirst(decodeFirst(first)[1])[0]).toMatchObject({ seq: linesOf(journal)[0]?.seq })
})

test('a journal of a relay that was cut short has no last line, and all before it is whole', async () => {
  await using folder = await temporaryFolder('relay')
  const journal = join(folder.path, 'journal.ndjson')
  const { service } = await startRelay('--rate', '2000', '--journal', journal)
  await using _ = service
  await until(() => linesOf(journal).length > 500, { within: seconds(20), what: '500 lines' })
  await service.kill('SIGTERM')

  expect(linesOf(journal).some(({ finished }) => finished)).toBe(false)
})
