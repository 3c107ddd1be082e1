import { formatNumber } from '#kernel/format/format-number.ts'
import { defineCheck } from '../check.ts'
import { commandCalls } from '../command-calls.ts'
import { spanOf } from '../window.ts'

export default defineCheck({
  id: 'read-batching',
  title: 'Entries are read in batches while entries wait',
  why: 'A round trip per entry carries 11,000 events a second at the most, one per hundred 152,000 in the same measurement. A group that is behind and reads one by one stays behind.',
  remedy: 'ask for more at a time: XREADGROUP … COUNT 100; standpipe index --read-count 500',
  runbook: 'stream-falling-behind',
  needs: ['window'],
  limits: { leastPerCall: 5, leastCalls: 100 },

  judge({ window }, { limits }) {
    const span = spanOf(window)
    if (!span || span.last.groups.length === 0) return []
    const read = ({ groups }: typeof span.last) =>
      groups.reduce((sum, { group }) => sum + (group.entriesRead ?? 0), 0)
    const calls = commandCalls(span.last.server, 'xreadgroup') - commandCalls(span.first.server, 'xreadgroup')
    const entries = read(span.last) - read(span.first)
    const waiting = span.last.groups.some(({ group }) => (group.lag ?? 0) > 0)
    const perCall = calls > 0 ? entries / calls : 0
    const few = waiting && calls >= limits.leastCalls && entries > 0 && perCall < limits.leastPerCall
    return [
      {
        subject: 'XREADGROUP',
        verdict: few ? 'warn' : 'pass',
        observed: `${entries} entries in ${calls} calls, ${formatNumber(perCall)} each${waiting ? '' : '; none wait'}`,
        expected: `${limits.leastPerCall} and more per call while entries wait`,
        evidence: [
          { command: 'INFO everything', value: `cmdstat_xreadgroup: ${calls} calls in ${span.seconds} s` },
        ],
      },
    ]
  },
})
