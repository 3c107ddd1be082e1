import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { parseInfo } from '#kernel/redis/parse-info.ts'
import { test } from '#test/support/redis.ts'
import { replayUndo } from './replay-undo.ts'
import { openUndoJournal, type Undo } from './undo-journal.ts'

const undo: Undo = {
  what: 'maxmemory',
  redis: 'here',
  runId: 'x',
  outlivesRestart: false,
  command: ['CONFIG', 'SET', 'maxmemory', '0'],
}

test('what was promised and not kept is open, newest first; what was kept is not', async () => {
  await using folder = await temporaryFolder('undo')
  const path = join(folder.path, 'undo.ndjson')
  const keep = await openUndoJournal(path).promise({ ...undo, what: 'first' })
  await openUndoJournal(path).promise({ ...undo, what: 'second' })
  await openUndoJournal(path).promise({ ...undo, what: 'third' })
  await keep()
  expect((await openUndoJournal(path).open()).map(({ what }) => what)).toEqual(['third', 'second'])
})

test('a journal that was never written is empty, and a torn last line promises nothing', async () => {
  await using folder = await temporaryFolder('undo')
  const path = join(folder.path, 'undo.ndjson')
  expect(await openUndoJournal(path).open()).toEqual([])
  await openUndoJournal(path).promise(undo)
  await appendFile(path, (await readFile(path, 'utf8')).slice(0, 20))
  expect(await openUndoJournal(path).open()).toHaveLength(1)
})

test('a change that a killed drill left behind is taken back at the next start, once', async ({ redis }) => {
  await using folder = await temporaryFolder('undo')
  const journal = openUndoJournal(join(folder.path, 'undo.ndjson'))
  const runId = parseInfo(await redis.info('server')).get('run_id') ?? ''
  await journal.promise({ ...undo, runId })
  await redis.config('SET', 'maxmemory', '100mb')

  expect(await replayUndo(journal, redis, 'elsewhere')).toEqual([])
  expect(await redis.config('GET', 'maxmemory')).toEqual(['maxmemory', '104857600'])
  expect(await replayUndo(journal, redis, 'here')).toEqual(['maxmemory'])
  expect(await redis.config('GET', 'maxmemory')).toEqual(['maxmemory', '0'])
  expect(await replayUndo(journal, redis, 'here')).toEqual([])
})

test('what a restart has undone is crossed out, what outlives a restart is undone', async ({ redis }) => {
  await using folder = await temporaryFolder('undo')
  const journal = openUndoJournal(join(folder.path, 'undo.ndjson'))
  await journal.promise({ ...undo, what: 'setting', runId: 'an earlier run' })
  await journal.promise({ ...undo, what: 'key', runId: 'an earlier run', outlivesRestart: true })
  expect(await replayUndo(journal, redis, 'here')).toEqual(['key'])
  expect(await journal.open()).toEqual([])
})
