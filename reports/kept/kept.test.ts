import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { seeded } from '#kernel/statistics/seeded.ts'
import { runCommand } from '#test/support/run-command.ts'
import type { Run } from '../compare/run.ts'
import { command as gate } from '../gate.command.ts'
import { command as history } from '../history.command.ts'
import { historyFile } from './history-file.ts'
import { keepRun } from './keep-run.ts'
import { parseKeptLines } from './kept-run.ts'
import { toTrends } from './to-trend.ts'

const aRun = (day: number, value: number, changes: Partial<Run> = {}): Run => ({
  file: 'report.json',
  area: 'loadtest',
  subject: 'sustained / throughput',
  startedAt: `2026-01-${String(day).padStart(2, '0')}T00:00:00.000Z`,
  verdict: 'pass',
  questions: [{ title: 'How fast?', verdict: 'pass' }],
  environment: { host: 'this one' },
  measured: [
    { section: 'How fast?', name: 'latency', unit: 'ms', value, rounds: [], better: 'lower' },
    {
      section: 'How fast?',
      name: 'rate',
      unit: 'events/s',
      value: 1_000 + day,
      rounds: [],
      better: 'higher',
    },
  ],
  ...changes,
})

/** Ten days at 10 ms, then ten at `later`. */
function twentyDays(later: number): Run[] {
  const random = seeded(9)
  return Array.from({ length: 20 }, (_, index) => aRun(index + 1, (index < 10 ? 10 : later) + random() / 5))
}

async function keepAll(runs: readonly Run[], folder: string): Promise<string> {
  for (const run of runs) await keepRun(run, folder)
  return folder
}

test('a run is kept once, as a line that reads back as it was', async () => {
  await using folder = await temporaryFolder('kept')
  const run = aRun(1, 10)
  expect(await keepRun(run, folder.path)).toMatchObject({ runs: 1, known: false })
  expect(await keepRun(run, folder.path)).toMatchObject({ runs: 1, known: true })
  const file = historyFile(folder.path, run)
  expect(file).toBe(join(folder.path, 'loadtest-sustained-throughput.jsonl'))
  expect(parseKeptLines(await readFile(file, 'utf8'), 'report.json')).toEqual([run])
})

test('a run that began at no date is not kept', async () => {
  await using folder = await temporaryFolder('kept')
  const undated = aRun(1, 10, { startedAt: 'yesterday' })
  await expect(keepRun(undated, folder.path)).rejects.toThrow('began at "yesterday", which is no date')
})

test.each([
  { broken: '{"schema":"standpipe/ke', says: /^line 2 of ".+" breaks off; remove it$/ },
  { broken: '{"schema":"standpipe/kept@9"}\n', says: /^line 2 of ".+" is no kept run of this version/ },
  { broken: 'no\n', says: /^line 2 of ".+" is no kept run/ },
])('a history with $broken in it is refused by its line, and not written to', async ({ broken, says }) => {
  await using folder = await temporaryFolder('kept')
  const { file } = await keepRun(aRun(1, 10), folder.path)
  await appendFile(file, broken)
  const before = await readFile(file, 'utf8')
  await expect(keepRun(aRun(2, 10), folder.path)).rejects.toThrow(says)
  await expect(runCommand(history, ['--history', folder.path])).rejects.toThrow(says)
  expect(await readFile(file, 'utf8')).toBe(before)
})

test('the day from which on a number is another one is named, and a steady number is called steady', async () => {
  await using folder = await temporaryFolder('kept')
  await keepAll(twentyDays(13), folder.path)
  const { stdout } = await runCommand(history, [
    'sustained',
    '--history',
    folder.path,
    '--format',
    'markdown',
  ])
  expect(stdout).toMatch(/\| ! \| latency \| changed on 2026-01-11 00:00:00 UTC from 10.+ ms to 13.+ ms/)
  expect(stdout).toMatch(/\| \+240:00:00 \| note \| latency: from 10.+ ms to 13.+ ms \|/)
  expect(stdout).toMatch(/\| ✓ \| rate \| steady around 1,01\d events\/s/)
})

test('a change below the smallest worth naming, and seven runs, name nothing', () => {
  const changes = (runs: readonly Run[], smallest: number) => toTrends(runs, smallest)[0]?.changes
  expect(changes(twentyDays(13), 0.05)).toHaveLength(1)
  expect(changes(twentyDays(13), 0.5)).toEqual([])
  expect(changes(twentyDays(13).slice(0, 7), 0.05)).toBeNull()
})

test('runs of another configuration are left out, and counted', async () => {
  await using folder = await temporaryFolder('kept')
  const elsewhere = twentyDays(13).map((run) => ({ ...run, environment: { host: 'another' } }))
  await keepAll([...elsewhere.slice(0, 5), ...twentyDays(10).slice(5)], folder.path)
  const { stdout } = await runCommand(history, ['--history', folder.path])
  expect(stdout).toContain('runs until 2026-01-20 00:00:00 UTC: 15; 0 of 2 numbers changed')
  expect(stdout).toContain('left out as configured otherwise: 5')
})

test('the gate passes what is no worse than the kept runs and refuses what is', async () => {
  await using folder = await temporaryFolder('kept')
  const kept = await keepAll(twentyDays(10), join(folder.path, 'kept'))
  const [as, slower] = [join(folder.path, 'as'), join(folder.path, 'slower')]
  const fresh = (value: number) => [21, 22, 23, 24].map((day) => aRun(day, value + day / 1_000))
  await keepAll(fresh(10.1), as)
  await keepAll(fresh(14), slower)
  expect(await runCommand(gate, [as, '--against', kept])).toMatchObject({ code: 0 })
  expect(await runCommand(gate, [slower, '--against', kept])).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('worse: 10.1 ms (n = 20) before'),
  })
})

test('the gate has no answer where nothing is kept, and says where it looked', async () => {
  await using folder = await temporaryFolder('kept')
  const kept = await keepAll([aRun(1, 10)], join(folder.path, 'kept'))
  await expect(runCommand(gate, [kept, '--against', kept])).rejects.toThrow(
    /^no other run about loadtest of sustained \/ throughput is kept in ".+"; keep one/,
  )
  await expect(runCommand(gate, [kept, '--against', join(folder.path, 'none')])).rejects.toThrow(
    'cannot read',
  )
  await expect(runCommand(history, ['--history', join(folder.path, 'none')])).rejects.toThrow('cannot read')
})
