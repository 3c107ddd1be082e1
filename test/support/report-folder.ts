import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A folder that a command under test may write its report to; gone when the test has finished. */
export async function reportFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'standpipe-test-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return join(folder, 'report')
}
