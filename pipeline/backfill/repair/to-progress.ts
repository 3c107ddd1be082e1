import { formatNumber } from '#kernel/format/format-number.ts'
import { seconds } from '#kernel/time/duration.ts'
import type { FailedStep } from './repair-gaps.ts'
import type { RepairStep } from './repair-step.ts'

/** One line of progress, for whoever waits. */
export function toProgress(
  step: Exclude<RepairStep, { kind: 'nothing' }> | FailedStep,
  stream: string,
): string {
  switch (step.kind) {
    case 'not-ended':
      return `waiting until standpipe ingest hears the relay again: ${stream} has a gap without an end`
    case 'begun':
      return `repairing ${gapCount(step.round.gaps.length)}`
    case 'listed':
      return `listed ${formatNumber(step.round.listed)} repos, queued ${formatNumber(step.round.queued)}`
    case 'full':
      return 'waiting for standpipe backfill: the queue of repairs is full'
    case 'fetching':
      return `waiting for standpipe backfill: ${formatNumber(step.tally.fetched)} of ${formatNumber(step.round.queued)} repos fetched`
    case 'broken':
      return 'repos vanished from the queue before they were fetched; beginning anew'
    case 'closed':
      return `closed ${gapCount(step.gaps)}`
    case 'moved-elsewhere':
      return 'somebody else repairs the same gaps; going on with that'
    case 'failed':
      return `${step.error.message}; trying again in ${Math.ceil(step.retryInMs / seconds(1))} s`
  }
}

function gapCount(gaps: number): string {
  return gaps === 1 ? '1 gap' : `${gaps} gaps together`
}
