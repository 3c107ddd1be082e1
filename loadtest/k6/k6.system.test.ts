import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { startChild } from '#kernel/process/child.ts'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import type { Report } from '#kernel/report/report.ts'
import { builtAt } from '#loadtest/go-tools/built-at.ts'
import { k6 } from '#loadtest/go-tools/k6.ts'

const LAUNCHER = fileURLToPath(new URL('../../bin/standpipe', import.meta.url))
const missing = builtAt(k6) === null ? 'k6 is not built: node loadtest/go-tools/build.ts k6' : null

async function runScript(script: string): Promise<Report> {
  await using folder = await temporaryFolder('k6-test')
  const flags = ['--duration', '1', '--rate', '40', '--clients', '4', '--out', folder.path]
  await using child = await startChild(LAUNCHER, ['load', 'k6', script, ...flags], { name: script })
  await child.ended
  return JSON.parse(readFileSync(join(folder.path, 'report.json'), 'utf8')) as Report
}

describe.skipIf(missing !== null)(missing ?? 'standpipe load k6', () => {
  test.concurrent.each([
    { script: 'append', counted: 'appended count' },
    { script: 'subscribers', counted: 'frames_received count' },
    { script: 'http', counted: 'http_reqs count' },
  ])('$script is run by a real k6, and what it counted is in our report', async ({ script, counted }) => {
    const { sections, environment } = await runScript(script)
    const [section] = sections
    expect(section?.measurements.find(({ name }) => name === counted)?.value).toBeGreaterThan(0)
    expect(section?.statements.some(({ subject }) => subject === 'k6')).toBe(false)
    expect(environment['k6']).toMatch(/^k6/)
  })
})
