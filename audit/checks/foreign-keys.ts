import { formatMeasure } from '#kernel/format/format-measure.ts'
import { defineCheck } from '../check.ts'

export default defineCheck({
  id: 'foreign-keys',
  title: 'The buffer has the server to itself',
  why: 'Whatever else lies in this Redis takes memory from the buffer, slows its rewrites, and grows for reasons of its own: the day it does, XADD of the firehose is refused.',
  remedy: 'move the other keys to a server of their own: redis-cli --memkeys shows the largest',
  needs: ['footprints', 'server'],
  limits: { mostShare: 0.1, leastBytes: 64 * 1024 ** 2 },

  judge({ footprints, server }, { limits }) {
    if (footprints.length === 0) return []
    const ours = footprints.reduce((sum, { bytes }) => sum + bytes, 0)
    const all = server.number('used_memory_dataset')
    const others = Math.max(0, all - ours)
    const share = others / Math.max(1, all)
    return [
      {
        subject: 'keys that are not named streams',
        verdict: others >= limits.leastBytes && share > limits.mostShare ? 'warn' : 'pass',
        observed: `${formatMeasure(others, 'bytes')} of ${formatMeasure(all, 'bytes')}, ${Math.round(share * 100)} %`,
        expected: `at most ${limits.mostShare * 100} %, or under ${formatMeasure(limits.leastBytes, 'bytes')}`,
        evidence: [
          ...footprints.slice(0, 10).map(({ stream, bytes }) => ({
            command: `MEMORY USAGE ${stream} SAMPLES 5`,
            value: String(bytes),
          })),
          ...server.quotes('used_memory_dataset'),
        ],
      },
    ]
  },
})
