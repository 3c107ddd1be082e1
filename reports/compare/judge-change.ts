import { formatNumber } from '#kernel/format/format-number.ts'
import { bootstrapChange, type Change } from '#kernel/statistics/bootstrap-change.ts'
import { canTell } from '#kernel/statistics/can-tell.ts'
import { mannWhitney } from '#kernel/statistics/mann-whitney.ts'
import type { Direction, JudgedChange } from './change.ts'

export interface Samples {
  readonly before: readonly number[]
  readonly after: readonly number[]
  readonly better: 'higher' | 'lower' | null
}

type JudgedSize = Pick<JudgedChange, 'direction' | 'because'>

const CHANCE_ALLOWED = 0.05

/**
 * Says whether the median moved by at least `smallest`, a share of where it was. Named is only what is large enough and clear in
 * both ways of looking: the bootstrap's 95 % interval leaves 0 out, and the ranks mix as little as one in twenty
 * drawings would. `same` needs the whole interval within the smallest effect, `no worse` its bad side. Everything else is
 * unknown.
 */
export function judgeChange({ before, after, better }: Samples, smallest: number): JudgedSize {
  if (before.length > 0 && after.length > 0 && new Set([...before, ...after]).size === 1)
    return { direction: 'same', because: 'equal every time' }
  const change = canTell(before.length, after.length) ? bootstrapChange(before, after) : null
  if (change === null) return unknown(whyNoChange(before.length, after.length))
  return judgeSize(change, mannWhitney(before, after), better, smallest)
}

function judgeSize(change: Change, chance: number, better: Samples['better'], smallest: number): JudgedSize {
  const because = inWords(change)
  if (isClear(change, chance) && Math.abs(change.change) >= smallest)
    return { direction: named(change.change, better), because }
  if (change.low >= -smallest && change.high <= smallest) return { direction: 'same', because }
  if (isNoWorse(change, better, smallest)) return { direction: 'no worse', because }
  return unknown(`${because}: more runs would tell`)
}

function whyNoChange(before: number, after: number): string {
  if (before === 0 || after === 0) return 'not measured on both sides'
  if (canTell(before, after)) return 'it was 0, of which nothing is a share'
  return before === 1 && after === 1 ? 'one run each' : `${before} against ${after} are too few`
}

function unknown(because: string) {
  return { direction: 'unknown', because } as const
}

function isClear({ low, high }: Change, chance: number): boolean {
  return (low > 0 || high < 0) && chance <= CHANCE_ALLOWED
}

function isNoWorse({ low, high }: Change, better: Samples['better'], smallest: number): boolean {
  if (better === null) return false
  return better === 'higher' ? low >= -smallest : high <= smallest
}

function named(change: number, better: Samples['better']): Direction {
  if (better === null) return 'changed'
  return change > 0 === (better === 'higher') ? 'better' : 'worse'
}

function inWords({ change, low, high }: Change): string {
  return `${percent(change)} (95 %: ${percent(low)} to ${percent(high)})`
}

function percent(share: number): string {
  return `${share < 0 ? '−' : '+'}${formatNumber(Math.abs(share) * 100)} %`
}
