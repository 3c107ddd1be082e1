import { formatNumber } from '#kernel/format/format-number.ts'
import { defineCheck, type Finding } from '../check.ts'
import { commandCalls } from '../command-calls.ts'
import type { ExistingStream } from '../existing-stream.ts'
import { spanOf, streamSeries } from '../window.ts'

export default defineCheck({
  id: 'trim-budget',
  title: 'Trimming can keep up with what arrives',
  why: 'XTRIM ~ without LIMIT removes at most 100 nodes’ worth, 10,000 entries, per call, and says nothing about the rest. Called once a minute it removes 167 entries a second; what arrives beyond that stays until the memory is full.',
  remedy:
    'trim more often or with LIMIT 0: redis-cli XTRIM <stream> MINID "~" <id> LIMIT 0; standpipe trim does',
  runbook: 'stream-will-fill',
  needs: ['window', 'settings'],
  limits: { leastRatio: 1.2, fullCalls: 0.9 },

  judge({ window, settings }, { limits }) {
    const span = spanOf(window)
    if (!span) return []
    const calls = commandCalls(span.last.server, 'xtrim') - commandCalls(span.first.server, 'xtrim')
    if (calls <= 0) return []
    const budget = Math.min(1_000_000, 100 * (settings.number('stream-node-max-entries') || 100))
    const seriesOf = streamSeries(window)
    return span.last.streams.flatMap(({ stream }) =>
      judgeStream(stream, seriesOf(stream), { calls, budget, seconds: span.seconds, ...limits }),
    )
  },
})

interface Against {
  readonly calls: number
  readonly budget: number
  readonly seconds: number
  readonly leastRatio: number
  readonly fullCalls: number
}

/** Too little only where each call removes all that it may and more arrives all the same. */
function judgeStream(stream: string, series: readonly ExistingStream[], against: Against): Finding[] {
  const [first] = series
  const last = series.at(-1)
  if (!first || !last || first === last || last.state.entriesAdded === null) return []
  const added = last.state.entriesAdded - (first.state.entriesAdded ?? 0)
  const removed = added - (last.state.length - first.state.length)
  const { calls, budget, seconds, leastRatio, fullCalls } = against
  const atLimit = removed >= fullCalls * calls * budget
  const verdict = atLimit && removed < added * leastRatio ? (removed < added ? 'fail' : 'warn') : 'pass'
  const entries = (count: number) => `${formatNumber(count)} entries`
  return [
    {
      subject: stream,
      verdict,
      observed: `${calls} calls removed ${entries(Math.max(0, removed))} in ${seconds} s while ${entries(added)} arrived${atLimit ? `: each removes the ${formatNumber(budget)} that it may` : ''}`,
      expected: `room to remove ${leastRatio} times what arrives`,
      evidence: [
        { command: 'INFO everything', value: `cmdstat_xtrim: ${calls} calls in ${seconds} s` },
        {
          command: `XINFO STREAM ${stream}`,
          value: `entries-added +${added}, length ${first.state.length} to ${last.state.length}`,
        },
      ],
    },
  ]
}
