import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from '#docs/open-browser.ts'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { html } from '#reports/render/html/html.ts'
import { toHtml } from '#reports/render/to-html.ts'
import { aHostileReport } from '#test/support/a-hostile-report.ts'
import { aReport } from '#test/support/a-report.ts'
import { missingTools } from '#test/support/require-tool.ts'
import { textContrasts } from '#test/support/text-contrasts.ts'

const VIEWS = [
  { width: 360, colorScheme: 'light' },
  { width: 360, colorScheme: 'dark' },
  { width: 1280, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
] as const

type View = (typeof VIEWS)[number]

/** A page as a reader has it, with everything that it complained about or asked for. */
interface Opened extends AsyncDisposable {
  readonly page: Page
  readonly complaints: string[]
  readonly requests: string[]
}

const missing = missingTools('chromium')
let browser: Browser

describe.skipIf(missing)(`a report in a browser${missing ? ` (${missing})` : ''}`, () => {
  beforeAll(async () => {
    browser = await openBrowser()
  })

  afterAll(async () => {
    await browser.close()
  })

  describe.each(VIEWS)('at $width px in $colorScheme colours', (view) => {
    test.each([
      { what: 'a full report', report: aReport() },
      { what: 'a hostile report', report: aHostileReport() },
    ])('$what opens without a complaint, asks for nothing and fits', async ({ report }) => {
      await using opened = await open(toHtml(report), view)
      expect(opened.complaints).toEqual([])
      expect(opened.requests).toEqual([])
      expect(await overflow(opened.page)).toBeLessThanOrEqual(0)
      expect(
        await opened.page.locator('script, img, iframe, object, embed, [onerror], [onload]').count(),
      ).toBe(0)
    })

    test('every plot has a size, and is shown once', async () => {
      await using opened = await open(toHtml(aReport()), view)
      const figures = await opened.page.locator('figure').all()
      expect(figures).toHaveLength(5)
      for (const figure of figures) {
        const plots = figure.locator('svg.plot:visible')
        expect(await plots.count()).toBe(1)
        const box = await plots.boundingBox()
        expect(box?.width).toBeGreaterThan(300)
        expect(box?.height).toBeGreaterThan(200)
        const curve = await plots.locator('.curve path').first().boundingBox()
        expect(curve?.width).toBeGreaterThan(200)
      }
    })

    test('every text stands out from its ground by 4.5 to 1', async () => {
      await using opened = await open(toHtml(aReport()), view)
      const contrasts = await textContrasts(opened.page)
      expect(contrasts.length).toBeGreaterThan(50)
      expect(contrasts.filter(({ ratio }) => ratio < 4.5)).toEqual([])
    })
  })

  test('what is wrong with a page would be seen', async () => {
    const bad = html`<!doctype html><body style="background:#fff">${{
      markup: '<script>console.error("x")</script><img src="http://127.0.0.1:9/x.png" onerror="0">',
    }}<p style="width:3000px;color:#aaa">pale and far too wide</p></body>`.markup
    await using opened = await open(bad, VIEWS[0])
    expect(opened.complaints.join()).toContain('x')
    expect(opened.requests).toEqual(['http://127.0.0.1:9/x.png'])
    expect(await overflow(opened.page)).toBeGreaterThan(1_000)
    const [pale] = await textContrasts(opened.page)
    expect(pale?.ratio).toBeLessThan(2.5)
  })

  test('a report prints in light colours on whole pages', async () => {
    await using opened = await open(toHtml(aReport()), { width: 1280, colorScheme: 'dark' })
    await opened.page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    const ground = await opened.page.evaluate('getComputedStyle(document.body).backgroundColor')
    expect(ground).toBe('rgb(253, 253, 251)')
    const pdf = await opened.page.pdf({ format: 'A4', printBackground: true })
    expect(pdf.length).toBeGreaterThan(20_000)
  })
})

async function open(markup: string, { width, colorScheme }: View): Promise<Opened> {
  const folder = await temporaryFolder('page')
  const file = join(folder.path, 'report.html')
  await writeFile(file, markup)
  const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme })
  const complaints: string[] = []
  const requests: string[] = []
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => {
    if (!/^(file|data):/.test(request.url())) requests.push(request.url())
  })
  await page.goto(pathToFileURL(file).href)
  return {
    page,
    complaints,
    requests,
    async [Symbol.asyncDispose]() {
      await page.close()
      await folder[Symbol.asyncDispose]()
    },
  }
}

/** How many pixels of the page lie beyond its right edge. */
async function overflow(page: Page): Promise<number> {
  return await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  )
}
