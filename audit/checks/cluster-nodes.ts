import type { ClusterNode } from '#kernel/redis/parse-cluster-nodes.ts'
import { defineCheck, type Finding } from '../check.ts'
import { nameSome } from '../name-some.ts'

const SLOTS = 16_384

/** https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/ */
export default defineCheck({
  id: 'cluster-nodes',
  title: 'Every slot of the cluster is served, and every primary has a replica',
  why: 'By default a cluster that misses one slot refuses every write: no event is stored until it is served again. A primary without a replica takes its streams with it when its host is lost, and what was not indexed comes back from the relay only.',
  remedy:
    'redis-cli --cluster check <host>:<port> shows what is missing; redis-cli --cluster add-node <new> <host>:<port> --cluster-slave --cluster-master-id <id>',
  needs: ['nodes'],
  once: true,
  limits: {},

  judge({ nodes }) {
    if (nodes.length === 0) return []
    const primaries = nodes.filter(({ role }) => role === 'primary')
    return [judgeSlots(primaries), ...primaries.map((primary) => judgePrimary(primary, nodes))]
  },
})

function judgeSlots(primaries: readonly ClusterNode[]): Finding {
  const served = primaries.reduce((sum, primary) => sum + countSlots(primary), 0)
  return {
    subject: 'slots',
    verdict: served === SLOTS ? 'pass' : 'fail',
    observed: served === SLOTS ? 'all are served' : `${SLOTS - served} of ${SLOTS} are served by nobody`,
    expected: 'all are served',
    evidence: [{ command: 'CLUSTER NODES', value: `${served} slots on ${primaries.length} primaries` }],
  }
}

function judgePrimary(primary: ClusterNode, nodes: readonly ClusterNode[]): Finding {
  const replicas = nodes.filter(({ primaryId, state }) => primaryId === primary.id && state === 'ok')
  const slots = countSlots(primary)
  const following = replicas.length > 0 ? nameSome(replicas.map(addressOf)) : 'none that answers'
  return {
    subject: addressOf(primary),
    verdict: verdictOn(primary, { slots, replicas: replicas.length }),
    observed: `${DESCRIBED[primary.state]}; ${slots} slots; replicas: ${following}`,
    expected: 'answers, with a replica',
    evidence: [{ command: 'CLUSTER NODES', value: `${primary.id} ${addressOf(primary)} ${primary.state}` }],
  }
}

/** A primary that failed over to its replica has no slots left: it is worth a remark, and no event. */
function verdictOn(
  { state }: ClusterNode,
  { slots, replicas }: { slots: number; replicas: number },
): Finding['verdict'] {
  if (slots === 0) return state === 'ok' ? 'pass' : 'warn'
  if (state !== 'ok') return 'fail'
  return replicas > 0 ? 'pass' : 'warn'
}

const DESCRIBED: Readonly<Record<ClusterNode['state'], string>> = {
  ok: 'answers',
  suspected: 'does not answer the node that was asked',
  fail: 'is down by agreement',
}

const countSlots = ({ slots }: ClusterNode): number =>
  slots.reduce((sum, [from, to]) => sum + to - from + 1, 0)

const addressOf = ({ host, port }: ClusterNode): string => `${host}:${port}`
