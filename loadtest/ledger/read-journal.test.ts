import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { anAttempt } from '#loadtest/ledger/an-attempt.ts'
import type { JournalLine } from './journal.ts'
import { readJournal } from './read-journal.ts'

async function linesOf(text: string): Promise<JournalLine[]> {
  await using folder = await temporaryFolder('journal')
  const path = join(folder.path, 'journal.ndjson')
  await writeFile(path, text)
  const lines: JournalLine[] = []
  for await (const page of readJournal(path).pages()) lines.push(...page)
  return lines
}

const line = (value: unknown) => `${JSON.stringify(value)}\n`

test('attempts and the end are read', async () => {
  const identity = { seq: 2, did: 'did:plc:a', action: 'identity', time: '2026-01-01T00:00:00.000Z' }
  const end = { finished: true, events: 2, lastSeq: 2, late: 1 }
  expect(await linesOf(line(anAttempt(1)) + line(identity) + line(end))).toEqual([
    { kind: 'attempt', attempt: anAttempt(1) },
    { kind: 'attempt', attempt: identity },
    { kind: 'finished', events: 2, lastSeq: 2, late: 1 },
  ])
})

test('a last line that was cut off is torn, whatever is left of it', async () => {
  for (const length of [1, 40, line(anAttempt(2)).length - 1]) {
    const lines = await linesOf(line(anAttempt(1)) + line(anAttempt(2)).slice(0, length))
    expect(lines.map(({ kind }) => kind)).toEqual(['attempt', 'torn'])
  }
})

test.each(['not json', '{}', '[]', '7', 'null', '{"seq":"1"}', '{"seq":1,"did":"d","action":"create"}'])(
  'the line %s is broken, not skipped',
  async (text) => {
    expect(await linesOf(`${text}\n`)).toEqual([{ kind: 'broken' }])
  },
)

test('lines that span chunks are read whole', async () => {
  const attempts = Array.from({ length: 20_000 }, (_, index) => anAttempt(index + 1))
  const lines = await linesOf(attempts.map(line).join(''))
  expect(lines).toHaveLength(20_000)
  expect(lines.every(({ kind }) => kind === 'attempt')).toBe(true)
})

test('a journal that is not there is told in a sentence', async () => {
  await expect(Array.fromAsync(readJournal('/nowhere/journal').pages())).rejects.toThrow(
    'cannot read the journal "/nowhere/journal"',
  )
})
