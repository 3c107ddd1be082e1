import { parseClientName } from '#kernel/redis/client-name.ts'
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
    const named = Map.groupBy(readers, ({ name }) => parseClientName(name).name)
    const consumers = groups.reduce((sum, group) => sum + group.consumers.length, 0)
    return [...named].flatMap(([name, all]) =>
      name === '' ? judgeNameless(all, consumers) : [judgeName(name, all, groups.length)],
    )
  },
})

/**
 * Our own connections tell their process. Of others the hosts do, and how many wait: one process may read several
 * groups over as many connections, and no more.
 */
function judgeName(name: string, readers: readonly ClientEvidence[], groups: number): Finding {
  const sharing = sharedBy(readers, groups)
  return {
    subject: name,
    verdict: sharing === null ? 'pass' : 'warn',
    observed: sharing ?? 'one process, as far as Redis shows',
    expected: 'one process for each name',
    evidence: [{ command: 'CLIENT LIST', value: nameSome(readers.map(quote)) }],
  }
}

/** Who shares the name; `null` when nobody seems to. */
function sharedBy(readers: readonly ClientEvidence[], groups: number): string | null {
  const processes = distinct(
    readers.map(({ name, address }) => parseClientName(name).process ?? hostOf(address)),
  )
  if (processes.length > 1)
    return `${processes.length} processes read under this name: ${nameSome(processes)}`
  const strangers = readers.filter(({ name, blocked }) => blocked && parseClientName(name).process === null)
  if (strangers.length <= groups) return null
  return `${strangers.length} connections from ${hostOf(strangers[0]?.address ?? '')} wait for entries of ${groups} groups: two processes share the name, or it reads streams that were not named here`
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

const hostOf = (address: string): string => address.replace(/:\d+$/, '')
const distinct = (names: readonly string[]): string[] => [...new Set(names)]
const quote = ({ address, name, command }: ClientEvidence): string =>
  `addr=${address} name=${name} cmd=${command}`
