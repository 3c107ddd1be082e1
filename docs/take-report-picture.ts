#!/usr/bin/env node
import { mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { defineCommand } from '#kernel/cli/command.ts'
import { runAsScript } from '#kernel/cli/run-cli.ts'
import { parseReport } from '#reports/parse-report.ts'
import { toHtml } from '#reports/render/to-html.ts'
import { openBrowser } from './open-browser.ts'

/** Take the picture of a saved report that the README shows, as a reader with a browser sees it. */
export const command = defineCommand({
  name: 'take-report-picture',
  takes: '<file>',
  describe: 'Take a picture of a saved report, for the README',
  examples: [['docs/take-report-picture.ts reports/out/preflight-…/report.json', 'writes docs/report.png']],
  options: (yargs) =>
    yargs
      .positional('file', { type: 'string', demandOption: true, describe: 'JSON of a report' })
      .option('out', { type: 'string', default: 'docs/report.png', describe: 'Picture to write' })
      .option('width', { type: 'number', default: 820, describe: 'Width of the window, CSS pixels' })
      .option('height', { type: 'number', default: 1_060, describe: 'Height of the window; 0 takes it all' })
      .option('section', { type: 'number', describe: 'Begin at this section instead of the top' })
      .option('dark', { type: 'boolean', default: false, describe: 'In the dark colours' }),

  async run({ file, out, width, height, section, dark }, { stdout }) {
    const report = parseReport(await readFile(file, 'utf8'), file)
    await using browser = await openBrowser()
    const page = await browser.newPage({
      viewport: { width, height: height || 800 },
      deviceScaleFactor: 2,
      colorScheme: dark ? 'dark' : 'light',
    })
    await page.setContent(toHtml(report))
    if (section !== undefined)
      await page.locator(`#s${section}`).evaluate((element) => element.scrollIntoView())
    await mkdir(dirname(out), { recursive: true })
    await page.screenshot({ path: out, fullPage: height === 0 })
    stdout.write(`${out}\n`)
  },
})

if (import.meta.main) await runAsScript(command)
