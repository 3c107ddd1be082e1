import Table from 'cli-table3'
import type { BenchResult, Target } from './bench.ts'
import { median } from './median.ts'

const MEBIBYTE = 1_048_576

/** A table for people: the alternatives, the promises, and how it was measured. */
export function printable({ unit, alternatives, targets, method }: BenchResult): string {
  const hasMemory = alternatives.some(({ maxRss }) => maxRss !== null)
  const table = new Table({
    head: ['alternative', `median ${unit}`, 'lowest', 'highest', ...(hasMemory ? ['most RSS, MiB'] : [])],
    style: { head: [], border: [] },
    colAligns: ['left', 'right', 'right', 'right', 'right'],
  })
  for (const { name, rates, maxRss } of alternatives) {
    const cells = [median(rates) ?? Number.NaN, Math.min(...rates), Math.max(...rates)].map(whole)
    table.push([name, ...cells, ...(hasMemory ? [maxRss === null ? '-' : whole(maxRss / MEBIBYTE)] : [])])
  }
  return [table.toString(), ...targets.map(sentence), ...method.map((line) => `  ${line}`)].join('\n')
}

/** Whether a promise was kept; `null` when it could not be measured. */
export function isKept({ bound, limit, measured }: Target): boolean | null {
  if (measured === null) return null
  return bound === 'at-least' ? measured >= limit : measured < limit
}

function sentence(target: Target): string {
  const { promises, bound, limit, measured } = target
  const kept = isKept(target)
  const word = kept === null ? 'unknown' : kept ? 'kept' : 'BROKEN'
  const value = measured === null ? 'not measured' : measured.toFixed(2)
  return `${word}: ${promises}: ${value} (${bound === 'at-least' ? 'at least' : 'under'} ${limit})`
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en')
}
