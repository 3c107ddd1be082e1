import { defineCheck, type Finding } from '../check.ts'
import type { ClientEvidence } from '../evidence/client-evidence.ts'
import { nameSome } from '../name-some.ts'

export default defineCheck({
  id: 'consumer-name-collision',
  title: 'No two processes read under one consumer name',
  why: 'Two processes under one name share one pending list: each takes what the other holds for its own. After a restart both are delivered the same entries, and one acknowledges what the other has not stored.',
  remedy: 'give each its own name: standpipe index --consumer <name>; redis-cli CLIENT LIST shows who reads',
  needs: ['clients', 'groups'],
  limits: {},

  judge({ clients, groups }) {
    const readers = clients.filter(({ command }) => command === 'xreadgroup')
    const named = Map.groupBy(readers, ({ name }) => name)
    const consumers = groups.reduce((sum, group) => sum + group.consumers.length, 0)
    return [...named].flatMap(([name, all]) =>
      name === '' ? judgeNameless(all, consumers) : [judgeName(name, all)],
    )
  },
})

/** One process may read several streams over as many connections, all from one host; two hosts are two processes. */
function judgeName(name: string, readers: readonly ClientEvidence[]): Finding {
  const hosts = [...new Set(readers.map(({ address }) => address.replace(/:\d+$/, '')))]
  return {
    subject: name,
    verdict: hosts.length > 1 ? 'warn' : 'pass',
    observed:
      hosts.length > 1
        ? `connections of this name read from groups from ${hosts.length} hosts: ${nameSome(hosts)}`
        : `all connections of this name that read from groups come from ${hosts[0]}`,
    expected: 'one host for each name',
    evidence: [{ command: 'CLIENT LIST', value: nameSome(readers.map(quote)) }],
  }
}

/** Nameless connections say little; but where more of them wait than there are consumers, some share a name. */
function judgeNameless(readers: readonly ClientEvidence[], consumers: number): Finding[] {
  const waiting = readers.filter(({ blocked }) => blocked)
  if (waiting.length <= consumers) return []
  return [
    {
      subject: 'connections without a name',
      verdict: 'warn',
      observed: `${waiting.length} wait for entries, and the named streams have ${consumers} consumers: some share a name, or read streams that were not named here`,
      expected: 'no more than there are consumers',
      evidence: [{ command: 'CLIENT LIST', value: nameSome(waiting.map(quote)) }],
    },
  ]
}

const quote = ({ address, name, command }: ClientEvidence): string =>
  `addr=${address} name=${name} cmd=${command}`
