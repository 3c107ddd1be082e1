import { printable } from '#kernel/format/printable.ts'
import { printableName } from '#kernel/redis/printable-name.ts'
import type { DeadLetter } from './letter.ts'

/** One letter for a person. Bytes that are no text are shown as redis-cli does, so that none is hidden. */
export function renderLetter(letter: DeadLetter): string {
  const { fields, others, attempts, ...said } = letter
  const rows = [
    ['letter', said.id],
    ['reason', printable(said.reason)],
    ['error', printable(said.error)],
    ['attempts', attempts === null ? '-' : String(attempts)],
    ['first failed', printable(said.firstFailedAt)],
    ['last failed', printable(said.lastFailedAt)],
    ['entry', `${printable(said.entryId)} of stream ${printable(said.stream)}`],
    ['delivered to', `consumer ${printable(said.consumer)} of group ${printable(said.group)}`],
    ...others.map(({ name, value }) => [`also ${printableName(name)}`, printableName(value)]),
    ...fields.map(({ name, value }) => [`field ${printableName(name)}`, printableName(value)]),
  ]
  const width = Math.max(...rows.map(([label = '']) => label.length))
  return rows.map(([label = '', value]) => `${label.padEnd(width)}  ${value}\n`).join('')
}
