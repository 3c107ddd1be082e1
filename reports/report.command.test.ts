import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { buildParser } from '#kernel/cli/build-parser.ts'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { aReport } from '#test/support/a-report.ts'
import { toHtml } from './render/to-html.ts'
import { toJson } from './render/to-json.ts'
import { toMarkdown } from './render/to-markdown.ts'
import { command } from './report.command.ts'

async function run(...argv: string[]): Promise<string> {
  const stdout = new PassThrough()
  const context = { stdout, stderr: new PassThrough(), signal: new AbortController().signal }
  await buildParser([command], context, { code: 0 }).parseAsync(['report', 'render', ...argv])
  return await text(stdout.end())
}

test('a saved report is rendered as it was, in each format', async () => {
  await using folder = await temporaryFolder('reports')
  const file = join(folder.path, 'report.json')
  await writeFile(file, toJson(aReport()))
  expect(await run(file, '--format', 'html')).toBe(toHtml(aReport()))
  expect(await run(file, '--format', 'markdown')).toBe(toMarkdown(aReport()))
  expect(await run(file)).toContain('✗ fail  preflight of')
  expect(await run(file)).not.toContain('\u001B')
})

test('a file that is not there, or is not a report, is refused with a sentence', async () => {
  await expect(run('/nowhere/report.json')).rejects.toThrow('cannot read "/nowhere/report.json": ENOENT')
  await expect(run('package.json')).rejects.toThrow('"package.json" is not a report of standpipe')
})
