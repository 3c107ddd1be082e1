import { UsageError } from '#kernel/errors.ts'
import { variableOf } from './setting.ts'
import { SETTINGS } from './settings.ts'

/** Variables of ours that are not settings: they speak to the tests. */
const OTHERS = ['STANDPIPE_REQUIRE_TOOLS', 'STANDPIPE_TEST_REDIS']

/** A misspelt variable must not be ignored in silence: throws `UsageError` naming every one. */
export function refuseUnknownVariables(env: Readonly<Record<string, string | undefined>>): void {
  const known = new Set([...Object.keys(SETTINGS).map(variableOf), ...OTHERS])
  const unknown = Object.keys(env).filter((name) => name.startsWith('STANDPIPE_') && !known.has(name))
  if (unknown.length > 0) {
    throw new UsageError(
      `unknown environment variables ${unknown.join(', ')}; docs/configuration.md lists those we know`,
    )
  }
}
