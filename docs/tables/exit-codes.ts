import { EXIT } from '#kernel/cli/exit-code.ts'
import { toTable } from '../table.ts'

const MEANINGS = {
  ok: 'Judged, and nothing at or above `--fail-on`; or done what was asked',
  failed: 'Judged, and something failed',
  unknown: 'Could not be judged: neither green nor red',
  usage: 'Wrong usage or configuration',
  dependency: 'Something that it depends on is out of reach',
  bug: 'A bug in standpipe',
  interrupted: 'Interrupted; faults were lifted and everything started was stopped first',
} as const satisfies Record<keyof typeof EXIT, string>

/** What each exit code says. */
export function renderExitCodes(): string {
  const codes = Object.entries(EXIT) as [keyof typeof EXIT, number][]
  return toTable(
    ['Code', 'Meaning'],
    codes.map(([name, code]) => [String(code), MEANINGS[name]]),
  )
}
