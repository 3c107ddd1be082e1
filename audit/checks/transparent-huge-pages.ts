import { defineCheck, type Finding } from '../check.ts'

/** https://redis.io/docs/latest/operate/oss_and_stack/management/optimization/latency/#latency-induced-by-transparent-huge-pages */
export default defineCheck({
  id: 'transparent-huge-pages',
  title: 'The kernel gives Redis no huge pages',
  why: 'With huge pages, every write during a rewrite copies 2 MB instead of 4 kB: appends stall for tens to hundreds of milliseconds, and the memory can double within seconds, which ends in an out-of-memory kill.',
  remedy: 'echo never > /sys/kernel/mm/transparent_hugepage/enabled; then restart Redis',
  needs: ['host'],
  limits: {},

  judge({ host }) {
    const mode = host.transparentHugePages
    const spared = host.processTakesHugePages === false
    const known = ['always', 'madvise', 'never'].includes(mode)
    const verdict: Finding['verdict'] = !known ? 'unknown' : mode === 'always' && !spared ? 'fail' : 'pass'
    return [
      {
        subject: 'host',
        verdict,
        observed: mode === 'always' && spared ? 'always, but Redis has turned it off for itself' : mode,
        expected: 'never or madvise, or turned off for the process (disable-thp yes)',
        evidence: host.quotes.filter(({ command }) => /hugepage|THP/.test(command)),
      },
    ]
  },
})
