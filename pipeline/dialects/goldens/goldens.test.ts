import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { StreamEvent } from '#pipeline/contract.ts'
import type { Dialect } from '#pipeline/dialects/dialect.ts'
import { DIALECTS } from '#pipeline/dialects/dialects.ts'
import type { Label } from '#pipeline/dialects/label-codec.ts'
import {
  CAPTURED_FILES,
  type CapturedMessage,
  capturedMessages,
  missingCaptures,
  toldOps,
} from '#test/support/captured-firehose.ts'
import { lessLacks } from '#test/support/less-lacks.ts'
import { readGolden } from './read-golden.ts'

const NOW = Date.parse('2025-10-31T15:26:00.250Z')
const FRAMES = readFileSync(new URL('frames.ndjson', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as StreamEvent[])

/** The entries, names and values in turn, that frames become. */
const written = ({ fields, encode }: Pick<Dialect, 'fields' | 'encode'>, frames: readonly StreamEvent[][]) =>
  frames.flatMap((events) => {
    const values = encode(
      events.map((event) => JSON.stringify(event)),
      NOW,
    )
    return Array.from({ length: values.length / fields.length }, (_, entry) =>
      fields.flatMap((name, at) => [name, values[entry * fields.length + at] ?? '']),
    )
  })

describe.each(Object.values(DIALECTS))('$name', (dialect) => {
  const golden = readGolden(`${dialect.name}.golden`)

  test('what is written is the golden file, byte for byte', () => {
    expect(written(dialect, FRAMES)).toEqual(golden)
  })

  test('the golden file is read as what was written, less what the dialect lacks', () => {
    const read = golden.flatMap((fields, at) => {
      const { events, unreadable } = dialect.decode(`${NOW}-${at}`, fields)
      expect(unreadable).toBeNull()
      return events
    })
    expect(lessLacks(dialect, read)).toEqual(lessLacks(dialect, FRAMES.flat()))
  })
})

describe.each(Object.values(DIALECTS).filter(({ labels }) => labels !== null))(
  'labels of $name',
  (dialect) => {
    const labels: Label[] = readGolden('labels.divy.golden').map(
      ([, text = '']) => (JSON.parse(text) as { label: Label }).label,
    )
    const golden = readGolden(`labels.${dialect.name}.golden`)

    test('what is written is the golden file, byte for byte', () => {
      const values = dialect.labels?.encode(27_045_591, labels) ?? []
      expect(values.map((value) => [dialect.labels?.field, value])).toEqual(golden)
    })

    test('the golden file is read as what was written, less what the dialect lacks', () => {
      const read = golden.flatMap((fields) => dialect.labels?.decode(fields).labels ?? [])
      const less = ({ cts, ...label }: Label) => {
        for (const lack of dialect.labels?.lacks ?? []) delete (label as Partial<Label>)[lack]
        return { ...label, at: Date.parse(cts) }
      }
      expect(read.map(less)).toEqual(labels.map(less))
    })
  },
)

const UNTOLD = { time: '2025-10-31T15:25:54.123Z', commit: 'bafyreicommit' }

async function toCommits(messages: readonly CapturedMessage[]): Promise<StreamEvent[][]> {
  const ops = await toldOps(messages)
  return [...Map.groupBy(ops, ({ seq }) => seq).values()].map((commit) =>
    commit.map(({ action, record, cid, ...place }) => {
      const head = { type: action, ...UNTOLD, ...place }
      return (action === 'delete' ? head : { ...head, cid, record }) as unknown as StreamEvent
    }),
  )
}

function toActorFrames(messages: readonly CapturedMessage[]): StreamEvent[][] {
  return messages
    .filter(({ type }) => type === '#identity' || type === '#account')
    .map(({ type, body }) => [{ type: type.slice(1), ...body } as unknown as StreamEvent])
}

/** Real messages are not copied: a hash says whether every byte that we make of them is what it was. */
describe.skipIf(missingCaptures !== null)('real messages', () => {
  test.each(CAPTURED_FILES.map((file) => ({ name: basename(file), file })))(
    '$name',
    async ({ name, file }) => {
      const messages = capturedMessages(file)
      const frames = [...(await toCommits(messages)), ...toActorFrames(messages)]
      expect(frames).not.toEqual([])
      const hashes = Object.fromEntries(
        Object.values(DIALECTS).map((dialect) => {
          const entries = written(dialect, frames)
          const read = entries.flatMap((fields, at) => dialect.decode(`${NOW}-${at}`, fields).events)
          expect(lessLacks(dialect, read)).toEqual(lessLacks(dialect, frames.flat()))
          return [dialect.name, createHash('sha256').update(JSON.stringify(entries)).digest('hex')]
        }),
      )
      const golden = JSON.parse(readFileSync(new URL('captured.json', import.meta.url), 'utf8')) as Readonly<
        Record<string, unknown>
      >
      expect(hashes).toEqual(golden[name])
    },
  )
})
