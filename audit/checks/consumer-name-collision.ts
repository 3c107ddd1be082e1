import { defineCheck, type Finding } from '../check.ts'
import type { ClientEvidence } from '../evidence/client-evidence.ts'
import { nameSome } from '../name-some.ts'

const HISTORY_OR_NEW = 'xreadgroup'

export default defineCheck({
  id: 'consumer-name-collision',
  title: 'No two processes read under one consumer name',
  why: 'Two processes under one name share one pending list: each takes what the other holds for its own. After a restart both are delivered the same entries, and one acknowledges what the other has not stored.',
  remedy: 'give each its own name: standpipe index --consumer <name>; redis-cli CLIENT LIST shows who reads',
  needs: ['clients', 'groups'],
  limits: {},

  judge({ clients, groups }) {
    const readers = clients.filter(({ command }) => command === HISTORY_OR_NEW)
    if (readers.length === 0) return []
    const named = Map.groupBy(readers, ({ name }) => name)
    const findings = [...named].flatMap(([name, readers]) => (name === '' ? [] : [judgeName(name, readers)]))
    return [
      ...findings,
      ...judgeUnnamed(named.get('') ?? [], groups.flatMap(({ consumers }) => consumers).length),
    ]
  },
})

function judgeName(name: string, readers: readonly ClientEvidence[]): Finding {
  return {
    subject: name,
    verdict: readers.length > 1 ? 'warn' : 'pass',
    observed:
      readers.length > 1
        ? `${readers.length} connections of this name read from groups: ${nameSome(readers.map(({ address }) => address))}`
        : 'one connection reads from groups',
    expected: 'one reading connection of each name',
    evidence: [{ command: 'CLIENT LIST', value: nameSome(readers.map(quote)) }],
  }
}

/** Nameless connections say little; but more that wait than there are consumers must share names. */
function judgeUnnamed(readers: readonly ClientEvidence[], consumers: number): Finding[] {
  const waiting = readers.filter(({ blocked }) => blocked)
  if (readers.length === 0) return []
  return [
    {
      subject: 'connections without a name',
      verdict: waiting.length > consumers ? 'warn' : 'pass',
      observed: `${waiting.length} wait for entries, of groups with ${consumers} consumers in all`,
      expected: 'no more than there are consumers',
      evidence: [{ command: 'CLIENT LIST', value: nameSome(readers.map(quote)) }],
    },
  ]
}

const quote = ({ address, name, command }: ClientEvidence): string =>
  `addr=${address} name=${name} cmd=${command}`
