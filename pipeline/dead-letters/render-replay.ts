import { formatNumber } from '#kernel/format/format-number.ts'
import type { ReplayResult } from './replay-selected.ts'

const NEW_ENTRY =
  'a replayed entry is a new one: it comes after what was added since, and every group of the stream receives it, not only the one in which it failed'

/** For a person: what was put back, what was not and why, and what that means for readers of the stream. */
export function renderReplay(result: ReplayResult): string {
  return [...whatWent(result), ...whatStayed(result)].map((line) => `${line}\n`).join('')
}

function whatWent({ letters, stream, done, replayed, examples }: ReplayResult): string[] {
  const count = `${countLetters(replayed)} of ${letters}`
  const note = replayed > 0 ? [NEW_ENTRY] : []
  if (!done) return [`${count} would go back to ${stream}; nothing was changed, --yes does it`, ...note]
  const shown = examples.map(({ letter, entry }) => `  letter ${letter} is entry ${entry}`)
  const more = replayed > examples.length ? [`  and ${replayed - examples.length} more`] : []
  return [`${count} went back to ${stream}`, ...note, ...shown, ...more]
}

function whatStayed({ stream, done, absent, unfit, full, length, highWater }: ReplayResult): string[] {
  const lines = []
  if (absent > 0) lines.push(`${countLetters(absent)} not there: replayed or purged before, or never there`)
  if (unfit > 0) lines.push(`${countLetters(unfit)} left: no entry of ${stream} is in them`)
  if (full) {
    const reached = `${formatNumber(length)} entries, high water ${formatNumber(highWater)}`
    lines.push(
      `the stream ${done ? 'is' : 'would be'} full (${reached}); the rest stays, run it again when it has drained`,
    )
  }
  return lines
}

const countLetters = (count: number): string => `${formatNumber(count)} ${count === 1 ? 'letter' : 'letters'}`
