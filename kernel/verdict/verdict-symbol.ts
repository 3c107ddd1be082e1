import type { Verdict } from './verdict.ts'

const SYMBOLS: Readonly<Record<Verdict, string>> = {
  'not-applicable': '–',
  pass: '✓',
  warn: '!',
  unknown: '?',
  fail: '✗',
}

/** One character for a verdict, told apart by shape, so that colour is never needed to read it. */
export function verdictSymbol(verdict: Verdict): string {
  return SYMBOLS[verdict]
}
