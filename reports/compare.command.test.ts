import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import type { Measurement, Report } from '#kernel/report/report.ts'
import { aReport } from '#test/support/a-report.ts'
import { runCommand } from '#test/support/run-command.ts'
import { command } from './compare.command.ts'
import { parseReport } from './parse-report.ts'
import { toJson } from './render/to-json.ts'

const measuring = (values: Readonly<Record<string, number>>, changes: Partial<Report> = {}): Report => {
  const measurements = Object.entries(values).map(
    ([name, value]): Measurement => ({ name, unit: 'ms', value, samples: 10, method: 'by hand' }),
  )
  const { verdict = 'pass' } = changes
  const section = { title: 'How fast?', verdict, statements: [], plots: [], timeline: [] } as const
  return aReport({ verdict: 'pass', sections: [{ ...section, measurements }], ...changes })
}

async function kept(folder: string, side: string, reports: readonly Report[]): Promise<string> {
  for (const [index, report] of reports.entries()) {
    const place = join(folder, side, `run-${index}`)
    await mkdir(place, { recursive: true })
    await writeFile(join(place, 'report.json'), toJson(report))
  }
  return join(folder, side)
}

const four = (latency: number, changes: Partial<Report> = {}) =>
  [0, 1, 2, 3].map((index) => measuring({ latency: latency + index / 100, lag: 7 }, changes))

test('four runs against four that took twice as long fail, in every format, and the other way round pass', async () => {
  await using folder = await temporaryFolder('compare')
  const [fast, slow] = [await kept(folder.path, 'a', four(10)), await kept(folder.path, 'b', four(20))]
  const table = await runCommand(command, [fast, slow])
  expect(table).toMatchObject({ code: 1, stdout: expect.stringContaining('worse: 10 ms (n = 4) before') })
  expect((await runCommand(command, [slow, fast])).code).toBe(0)
  const asFast = await kept(folder.path, 'c', four(10))
  expect((await runCommand(command, [fast, asFast])).code).toBe(0)
  await expect(runCommand(command, [fast, fast])).rejects.toThrow(/"\/.+report.json" is on both sides/)
  const { stdout } = await runCommand(command, [fast, `${slow}/*`, '--format', 'json'])
  expect(parseReport(stdout, 'it')).toMatchObject({ area: 'comparison', verdict: 'fail' })
  expect((await runCommand(command, [fast, slow, '--format', 'html'])).stdout).toContain('<!doctype html>')
})

test('one run each is unknown, unless the rounds within it were kept', async () => {
  await using folder = await temporaryFolder('compare')
  const [one, other] = [
    await kept(folder.path, 'a', four(10).slice(0, 1)),
    await kept(folder.path, 'b', four(20).slice(0, 1)),
  ]
  expect(await runCommand(command, [one, other])).toMatchObject({
    code: 2,
    stdout: expect.stringContaining('one run each'),
  })
  const bench = (rates: readonly number[], file: string) => {
    const alternatives = [{ name: 'ours', rates, maxRss: null }]
    const head = {
      schema: 'standpipe/bench@1',
      name: 'append',
      title: 'Append',
      at: '2026-01-01',
      machine: '2 × x',
    }
    const path = join(folder.path, file)
    return writeFile(path, JSON.stringify({ ...head, unit: 'entries/s', alternatives })).then(() => path)
  }
  const [before, after] = [await bench([10, 11, 12, 13], 'x.json'), await bench([5, 6, 7, 5], 'y.json')]
  const benched = await runCommand(command, [before, after])
  expect(benched.code).toBe(1)
  expect(benched.stdout).toContain('its rounds say how steady it was')
})

test('runs of other things or of other settings are refused, by name; --force compares settings and says so', async () => {
  await using folder = await temporaryFolder('compare')
  const one = await kept(folder.path, 'a', four(10))
  const elsewhere = await kept(folder.path, 'b', four(10, { environment: { host: 'a bigger one' } }))
  const another = await kept(folder.path, 'c', four(10, { subject: 'something else' }))
  await expect(runCommand(command, [one, elsewhere])).rejects.toThrow(
    /configured differently: node \("v24.21.0", "not recorded"\).+host \(".+", "a bigger one"\); .+ --force$/,
  )
  await expect(runCommand(command, [one, another, '--force'])).rejects.toThrow(
    'compare runs of the same thing',
  )
  const { stdout } = await runCommand(command, [one, elsewhere, '--force', '--format', 'markdown'])
  expect(stdout).toContain('compared all the same')
})

test('a run that ended worse fails whatever its numbers, and a number that is gone is unknown', async () => {
  await using folder = await temporaryFolder('compare')
  const one = await kept(folder.path, 'a', four(10))
  const failed = await kept(folder.path, 'b', four(10, { verdict: 'fail' }))
  expect(await runCommand(command, [one, failed])).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('pass before, fail after'),
  })
  const shrunk = await kept(
    folder.path,
    'c',
    four(10).map(() => measuring({ latency: 10 })),
  )
  expect((await runCommand(command, [one, shrunk])).code).toBe(2)
  expect((await runCommand(command, [shrunk, one])).stdout).toContain('new: not measured before, 7 ms')
})

test.each([
  { before: '/nowhere.json', says: 'cannot read "/nowhere.json"' },
  { before: '/nowhere/*.json', says: '"/nowhere/*.json" names no saved run' },
  { before: '', says: '"" names no saved run' },
  { before: 'package.json', says: '"package.json" is not a report of standpipe' },
])('$before is refused: $says', async ({ before, says }) => {
  await expect(runCommand(command, [before, before])).rejects.toThrow(says)
})

test.each(['-1', 'much', ''])('--smallest "%s" is refused', async (smallest) => {
  await expect(runCommand(command, ['a', 'b', `--smallest=${smallest}`])).rejects.toThrow(
    'expected a percentage',
  )
})
