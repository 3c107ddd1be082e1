import { defineCheck, type Finding } from '../check.ts'
import type { StreamEvidence } from '../evidence/stream-evidence.ts'
import { nameSome } from '../name-some.ts'
import { shellWord } from '../shell-word.ts'

export default defineCheck({
  id: 'expected-groups',
  title: 'Every stream has the groups that were declared, and no others',
  why: 'A group that is missing gets nothing: its events are trimmed as soon as the others have read them, and it begins at the end when it is made. A group that nobody declared holds back every safe trim, until the memory is full.',
  remedy:
    'redis-cli XGROUP CREATE <stream> <group> <the last ID that its sink committed> (never $, which skips all that is there)',
  runbook: 'group-has-no-consumers',
  needs: ['streams', 'manifest'],
  limits: {},

  judge({ streams, manifest }) {
    return streams.flatMap((evidence) => {
      const declared = manifest?.streams[evidence.stream]?.groups
      return declared && evidence.state ? judgeStream(evidence, Object.keys(declared)) : []
    })
  },
})

function judgeStream({ stream, groups }: StreamEvidence, declared: readonly string[]): Finding[] {
  const names = groups.map(({ name }) => name)
  const evidence = [{ command: `XINFO GROUPS ${stream}`, value: nameSome(names) || '(empty)' }]
  const present = new Set(names)
  const missing = declared
    .filter((name) => !present.has(name))
    .map(
      (name): Finding => ({
        subject: `${stream}/${name}`,
        verdict: 'fail',
        observed: 'the group does not exist',
        expected: 'it exists, as the manifest says',
        evidence,
        remedy: `redis-cli XGROUP CREATE ${shellWord(stream)} ${shellWord(name)} <the last ID that its sink committed, or 0>`,
      }),
    )
  const found = names.map((name): Finding => {
    const known = declared.includes(name)
    return {
      subject: `${stream}/${name}`,
      verdict: known ? 'pass' : 'warn',
      observed: known ? 'exists' : 'exists, and nobody declared it',
      expected: known ? 'it exists' : 'only groups of the manifest',
      evidence,
      ...(known
        ? {}
        : {
            remedy: `add it to standpipe.yaml; or, if nobody needs it: redis-cli XGROUP DESTROY ${shellWord(stream)} ${shellWord(name)}`,
          }),
    }
  })
  return [...missing, ...found]
}
