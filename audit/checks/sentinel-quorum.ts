import { formatMeasure } from '#kernel/format/format-measure.ts'
import { defineCheck, type Finding } from '../check.ts'
import type { SentinelEvidence } from '../evidence/sentinel-evidence.ts'

/** https://redis.io/docs/latest/operate/oss_and_stack/management/sentinel/ */
export default defineCheck({
  id: 'sentinel-quorum',
  title: 'The Sentinels can agree on a failover, and there is a replica to fail over to',
  why: 'Without a majority of Sentinels, or without a replica, a lost primary stays lost: every append waits, and events are gone for good once the window of the relay has passed them.',
  remedy:
    'run three Sentinels on three hosts: sentinel monitor <primary> <host> <port> 2; redis-cli -p 26379 SENTINEL CKQUORUM <primary> shows whether they agree',
  needs: ['sentinel'],
  once: true,
  limits: { fewestSentinels: 3 },

  judge({ sentinel }, { limits }) {
    if (sentinel === null) return []
    return [judgeQuorum(sentinel, limits.fewestSentinels), judgeReplicas(sentinel), judgePrimary(sentinel)]
  },
})

function judgeQuorum(
  { primary, sentinels, quorum, noQuorum, quotes }: SentinelEvidence,
  fewest: number,
): Finding {
  const about = {
    subject: `${primary}: quorum`,
    expected: `${fewest} Sentinels or more, of which a majority answers`,
    evidence: quotes,
  }
  if (noQuorum !== null) return { ...about, verdict: 'fail', observed: noQuorum }
  const observed = `${sentinels} Sentinels, ${quorum} of which must find the primary down`
  return { ...about, verdict: sentinels < fewest ? 'warn' : 'pass', observed }
}

function judgeReplicas({ primary, replicas, quotes }: SentinelEvidence): Finding {
  return {
    subject: `${primary}: replicas`,
    verdict: replicas > 0 ? 'pass' : 'fail',
    observed: `${replicas}`,
    expected: 'at least 1',
    evidence: quotes,
    remedy: 'redis-cli -h <replica> REPLICAOF <host> <port>, on another host',
  }
}

function judgePrimary({ primary, flags, downAfterMs, quotes }: SentinelEvidence): Finding {
  const down = flags.filter((flag) => flag !== 'master')
  return {
    subject: `${primary}: primary`,
    verdict: down.length > 0 ? 'fail' : 'pass',
    observed: `${down.length > 0 ? down.join(', ') : 'answers'}; down once it is silent for ${formatMeasure(downAfterMs, 'ms')}`,
    expected: 'answers',
    evidence: quotes,
    remedy: 'redis-cli -p 26379 SENTINEL MASTER <primary> shows since when; look at its host',
  }
}
