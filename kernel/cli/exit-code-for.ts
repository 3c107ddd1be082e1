import type { Verdict } from '#kernel/verdict/verdict.ts'
import { EXIT, type ExitCode } from './exit-code.ts'

/** The exit code of a run that reached a verdict; `failOn` says from where on a verdict is red. */
export function exitCodeFor(verdict: Verdict, failOn: 'warn' | 'fail' = 'fail'): ExitCode {
  switch (verdict) {
    case 'fail':
      return EXIT.failed
    case 'unknown':
      return EXIT.unknown
    case 'warn':
      return failOn === 'warn' ? EXIT.failed : EXIT.ok
    case 'pass':
    case 'not-applicable':
      return EXIT.ok
  }
}
