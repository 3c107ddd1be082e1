import { defineCheck } from '../check.ts'
import { shellWord } from '../shell-word.ts'

/** https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/#hash-tags */
export default defineCheck({
  id: 'cluster-slots',
  title: 'In a cluster, a stream lies in one slot with its cursor and its dead letters',
  why: 'One script appends the entries and sets the cursor, another moves a dead letter with its acknowledgement. In a cluster a script may touch one slot only: otherwise every append is refused with CROSSSLOT, and no event is stored.',
  remedy: 'name the stream with a hash tag, such as {firehose}: standpipe ingest --stream "{firehose}"',
  needs: ['cluster'],
  limits: {},

  judge: ({ cluster }) =>
    cluster.slots.map(({ stream, keys, quotes }) => {
      const together = new Set(keys.map(({ slot }) => slot)).size === 1
      return {
        subject: stream,
        verdict: together ? 'pass' : 'fail',
        observed: together
          ? `all in slot ${keys[0]?.slot}`
          : keys.map(({ key, slot }) => `${key} in ${slot}`).join(', '),
        expected: 'one slot',
        evidence: quotes,
        remedy: `name the stream with a hash tag, such as {${stream}}: standpipe ingest --stream ${shellWord(`{${stream}}`)}`,
      }
    }),
})
