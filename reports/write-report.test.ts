import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { DependencyError } from '#kernel/errors.ts'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { aReport } from '#test/support/a-report.ts'
import { parseReport } from './parse-report.ts'
import { writeReport } from './write-report.ts'

test('a report is written three times, whole, and nothing else is left', async () => {
  await using folder = await temporaryFolder('reports')
  const paths = await writeReport(aReport(), join(folder.path, 'deep', 'down'))
  expect((await readdir(paths.folder)).sort()).toEqual(['report.html', 'report.json', 'report.md'])
  expect(parseReport(await readFile(paths.json, 'utf8'), paths.json)).toEqual(aReport())
  expect(await readFile(paths.html, 'utf8')).toMatch(/^<!doctype html>[\s\S]+<\/html>\n$/)
})

test('a folder that is given is written again', async () => {
  await using folder = await temporaryFolder('reports')
  const given = join(folder.path, 'given')
  await writeReport(aReport({ verdict: 'pass' }), given)
  const { json } = await writeReport(aReport({ verdict: 'warn' }), given)
  expect(parseReport(await readFile(json, 'utf8'), json).verdict).toBe('warn')
})

test('where no report can be written, the error says so in a sentence and leaves no draft', async () => {
  await using folder = await temporaryFolder('reports')
  await writeFile(join(folder.path, 'occupied'), '')
  await expect(writeReport(aReport(), join(folder.path, 'occupied'))).rejects.toThrow(DependencyError)
  await mkdir(join(folder.path, 'out', 'report.html'), { recursive: true })
  const attempt = writeReport(aReport(), join(folder.path, 'out'))
  await expect(attempt).rejects.toThrow(/^cannot write the report to ".+out": EISDIR.+name another folder$/)
  expect((await readdir(join(folder.path, 'out'))).filter((name) => name.endsWith('.draft'))).toEqual([])
})
