import { formatMeasure } from '#kernel/format/format-measure.ts'
import { judgeCeiling } from '#kernel/verdict/ceiling.ts'
import { defineCheck } from '../check.ts'

const MiB = 1024 ** 2

export default defineCheck({
  id: 'slow-client',
  title: 'No client lets its replies pile up in the server',
  why: 'What a client has asked for and not read waits in the memory of the server, on top of the buffer. An XREAD without COUNT by a client that hangs holds the whole stream a second time.',
  remedy:
    'redis-cli CLIENT LIST shows omem; redis-cli CLIENT KILL ADDR <address>; bound them: maxmemory-clients',
  runbook: 'redis-writes-rejected',
  needs: ['clients'],
  limits: { warnAt: 16 * MiB, failAt: 256 * MiB },

  judge({ clients }, { limits }) {
    const worst = clients.toSorted((a, b) => b.outputBytes - a.outputBytes)[0]
    if (!worst) return []
    return [
      {
        subject: worst.outputBytes > 0 ? worst.name || worst.address : `${clients.length} connections`,
        verdict: judgeCeiling(worst.outputBytes, limits),
        observed: `${formatMeasure(worst.outputBytes, 'bytes')} wait for ${worst.address}, after ${worst.command || 'no command'}`,
        expected: `under ${formatMeasure(limits.warnAt, 'bytes')}`,
        evidence: [
          {
            command: 'CLIENT LIST',
            value: `addr=${worst.address} cmd=${worst.command} omem=${worst.outputBytes}`,
          },
        ],
        remedy: `redis-cli CLIENT KILL ADDR ${worst.address}; bound them: maxmemory-clients`,
      },
    ]
  },
})
