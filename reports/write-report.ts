import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { DependencyError } from '#kernel/errors.ts'
import type { Report } from '#kernel/report/report.ts'
import { toHtml } from './render/to-html.ts'
import { toJson } from './render/to-json.ts'
import { toMarkdown } from './render/to-markdown.ts'

/** Where a report was written: one folder, three files. */
export interface ReportPaths {
  readonly folder: string
  readonly json: string
  readonly markdown: string
  readonly html: string
}

/**
 * Writes a report as JSON, Markdown and HTML into `folder`, by default a new one named after its area and
 * start, under `reports/out/` of the working directory. All three are there whole, or none of them is new.
 * Throws `DependencyError` when they cannot be written.
 */
export async function writeReport(report: Report, folder?: string): Promise<ReportPaths> {
  const wanted = folder ?? join('reports', 'out', `${report.area}-${stamp(report.startedAt)}`)
  const texts = { json: toJson(report), markdown: toMarkdown(report), html: toHtml(report) }
  try {
    const chosen = folder === undefined ? await freshFolder(wanted) : await existingFolder(wanted)
    const paths = {
      json: join(chosen, 'report.json'),
      markdown: join(chosen, 'report.md'),
      html: join(chosen, 'report.html'),
    }
    await writeAll([
      { path: paths.json, text: texts.json },
      { path: paths.markdown, text: texts.markdown },
      { path: paths.html, text: texts.html },
    ])
    return { folder: chosen, ...paths }
  } catch (error) {
    throw new DependencyError(
      `cannot write the report to "${wanted}": ${(error as Error).message}; make room there, or name another folder`,
      { cause: error },
    )
  }
}

/** `20260803T120000Z`; what is not a date keeps only its letters and digits. */
function stamp(startedAt: string): string {
  return startedAt
    .replace(/\.\d+/, '')
    .replaceAll(/[^0-9A-Za-z]/g, '')
    .slice(0, 40)
}

/** Makes the folder and those above it. Node's own recursion calls a read-only file system ENOENT. */
async function existingFolder(folder: string): Promise<string> {
  try {
    await mkdir(folder)
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return folder
    if (errorCode(error) !== 'ENOENT') throw error
    await existingFolder(dirname(folder))
    await mkdir(folder)
  }
  return folder
}

/** Two runs that began in the same second do not overwrite each other. */
async function freshFolder(wanted: string): Promise<string> {
  await existingFolder(dirname(wanted))
  for (let number = 1; ; number++) {
    const folder = number === 1 ? wanted : `${wanted}-${number}`
    try {
      await mkdir(folder)
      return folder
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error
    }
  }
}

function errorCode(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? ''
}

interface TextFile {
  readonly path: string
  readonly text: string
}

async function writeAll(files: readonly TextFile[]): Promise<void> {
  const drafts = files.map(({ path, text }) => ({ path, text, draft: `${path}.${process.pid}.draft` }))
  try {
    for (const { draft, text } of drafts) {
      await using handle = await open(draft, 'w')
      await handle.writeFile(text)
      await handle.sync()
    }
    for (const { draft, path } of drafts) await rename(draft, path)
  } catch (error) {
    await Promise.all(drafts.map(({ draft }) => rm(draft, { force: true })))
    throw error
  }
}
