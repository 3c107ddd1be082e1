import picocolors from 'picocolors'
import { environment } from '#kernel/config/env.ts'
import type { Verdict } from '#kernel/verdict/verdict.ts'

export interface Colours {
  verdict(verdict: Verdict, text: string): string
  bold(text: string): string
  dim(text: string): string
}

/**
 * Colours for what is written to this stream: only when it is a terminal and NO_COLOR is not set.
 * https://no-color.org
 */
export function coloursFor(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>> = environment(),
): Colours {
  const { green, yellow, magenta, red, dim, bold } = picocolors.createColors(
    stream.isTTY === true && !env['NO_COLOR'],
  )
  const byVerdict = { 'not-applicable': dim, pass: green, warn: yellow, unknown: magenta, fail: red }
  return { verdict: (verdict, text) => byVerdict[verdict](text), bold, dim }
}
