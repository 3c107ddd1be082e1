import { type Browser, chromium } from 'playwright-core'
import { DependencyError } from '#kernel/errors.ts'
import { findExecutable } from '#kernel/process/find-executable.ts'

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/** The Chromium of the system, headless, talking to nobody by itself. Throws `DependencyError` without one. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findExecutable('chromium')
  if (executablePath === null) {
    throw new DependencyError('no chromium on PATH; install it (Debian: apt-get install chromium)')
  }
  return await chromium.launch({ executablePath, args: QUIET })
}
