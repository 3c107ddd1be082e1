import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import type { Report } from '#kernel/report/report.ts'
import { seconds } from '#kernel/time/duration.ts'
import { builtAt } from '#loadtest/go-tools/built-at.ts'
import { k6 } from '#loadtest/go-tools/k6.ts'
import { startService } from '#loadtest/stack/service.ts'

const missing = builtAt(k6) === null ? 'k6 is not built: node loadtest/go-tools/build.ts k6' : null

async function runScript(script: string): Promise<Report> {
  await using folder = await temporaryFolder('k6-test')
  const args = [
    'load',
    'k6',
    script,
    '--duration',
    '1',
    '--rate',
    '40',
    '--clients',
    '4',
    '--out',
    folder.path,
  ]
  const report = join(folder.path, 'report.json')
  await using _ = await startService({
    name: 'k6',
    args,
    ready: ({ exit }) => exit !== null || existsReport(report),
    within: seconds(60),
  })
  return JSON.parse(readFileSync(report, 'utf8')) as Report
}

function existsReport(path: string): boolean {
  try {
    return (JSON.parse(readFileSync(path, 'utf8')) as Report).schema === 'standpipe/report@1'
  } catch {
    return false
  }
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
