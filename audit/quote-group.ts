import { formatNumber } from '#kernel/format/format-number.ts'
import type { GroupEvidence } from './evidence.ts'
import type { Quote } from './quote.ts'
import { quoteStream } from './quote-stream.ts'

/** `firehose_live/firehose_group`: how findings call a group. */
export function groupSubject({ stream, group }: Pick<GroupEvidence, 'stream' | 'group'>): string {
  return `${stream}/${group.name}`
}

/** What Redis said about a group and its stream. */
export function quoteGroup({ stream, state, group }: GroupEvidence): Quote[] {
  return [
    quoteStream(stream, state),
    {
      command: `XINFO GROUPS ${stream}`,
      value: `name=${group.name} consumers=${group.consumers} pending=${group.pending} last-delivered-id=${group.lastDeliveredId} entries-read=${group.entriesRead ?? 'nil'} lag=${group.lag ?? 'nil'}`,
    },
  ]
}

/** `1 entry`, `2,345 entries`. */
export function countEntries(count: number): string {
  return count === 1 ? '1 entry' : `${formatNumber(count)} entries`
}
