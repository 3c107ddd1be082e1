import { formatMeasure } from '#kernel/format/format-measure.ts'
import { verdictSymbol } from '#kernel/verdict/verdict-symbol.ts'
import type { Colours } from './colours-for.ts'
import type { StepResult } from './step.ts'

/** The line that stays of a step: verdict, title, what came out, how long it took. */
export function describeStep({ title, tookMs, end }: StepResult, colours: Colours): string {
  const verdict = colours.verdict(end.verdict, `${verdictSymbol(end.verdict)} ${end.verdict}`)
  const took = colours.dim(`(${formatMeasure(Math.round(tookMs), 'ms')})`)
  return `${verdict}  ${colours.bold(title)}${end.note ? `: ${end.note}` : ''} ${took}`
}
