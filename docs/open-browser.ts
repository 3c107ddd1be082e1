import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'
import { DependencyError } from '#kernel/errors.ts'

const CHROMIUM = '/usr/bin/chromium'

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/** Whether there is a browser to open. */
export function hasBrowser(): boolean {
  return existsSync(CHROMIUM)
}

/** The Chromium of the system, headless, talking to nobody by itself. Throws `DependencyError` without one. */
export async function openBrowser(): Promise<Browser> {
  if (!hasBrowser()) {
    throw new DependencyError(`no browser at "${CHROMIUM}"; install it (Debian: apt-get install chromium)`)
  }
  return await chromium.launch({ executablePath: CHROMIUM, args: QUIET })
}
