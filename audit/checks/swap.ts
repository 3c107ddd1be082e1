import { formatMeasure } from '#kernel/format/format-measure.ts'
import { judgeCeiling } from '#kernel/verdict/ceiling.ts'
import { defineCheck } from '../check.ts'
import { MissingEvidence } from '../missing-evidence.ts'

const MiB = 1024 ** 2

export default defineCheck({
  id: 'swap',
  title: 'No part of Redis lies in swap',
  why: 'A page in swap takes milliseconds to come back, and every command waits behind the one that touched it: appends that took 0.1 ms take a hundred times as long, and the relay cuts off a subscriber that is too slow.',
  remedy:
    'sysctl vm.swappiness=1; give the host more memory, or lower it: redis-cli CONFIG SET maxmemory <bytes>',
  needs: ['host'],
  limits: { warnAt: MiB, failAt: 100 * MiB },

  judge({ host }, { limits }) {
    if (host.swappedBytes === null)
      throw new MissingEvidence('the process of the server cannot be seen from here')
    return [
      {
        subject: 'process',
        verdict: judgeCeiling(host.swappedBytes, limits),
        observed: `${formatMeasure(host.swappedBytes, 'bytes')} in swap`,
        expected: `under ${formatMeasure(limits.warnAt, 'bytes')}`,
        evidence: host.quotes.filter(({ command }) => command.includes('VmSwap')),
      },
    ]
  },
})
