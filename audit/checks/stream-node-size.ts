import { formatMeasure } from '#kernel/format/format-measure.ts'
import { formatNumber } from '#kernel/format/format-number.ts'
import { defineCheck, type Finding } from '../check.ts'
import { configSet } from '../config-set.ts'
import { nameSome } from '../name-some.ts'

/** https://redis.io/docs/latest/develop/data-types/streams/#capped-streams */
export default defineCheck({
  id: 'stream-node-size',
  title: 'Stream nodes are neither tiny nor endless',
  why: 'Entries lie in nodes. Tiny nodes cost memory: at one entry each, 3 to 9 % fewer events fit. Large ones make trimming coarse, since ~ removes whole nodes only, and memory comes back only when a whole node is gone.',
  remedy: `${configSet('stream-node-max-bytes', '4096')}; ${configSet('stream-node-max-entries', '100')}`,
  needs: ['settings'],
  wants: ['streams'],
  limits: { leastBytes: 4_096, mostBytes: 65_536, leastEntries: 50, mostEntries: 1_000 },

  judge({ settings, streams }, { limits }) {
    const bytes = settings.number('stream-node-max-bytes')
    const entries = settings.number('stream-node-max-entries')
    const fill = (streams ?? []).flatMap(({ stream, state }) =>
      state && state.radixTreeKeys > 0
        ? [`${stream} has ${formatNumber(state.length / state.radixTreeKeys)} entries per node`]
        : [],
    )
    const within = (value: number, least: number, most: number): Finding['verdict'] =>
      value >= least && value <= most ? 'pass' : 'warn'
    return [
      {
        subject: 'stream-node-max-bytes',
        verdict: within(bytes, limits.leastBytes, limits.mostBytes),
        observed: [
          bytes === 0 ? 'no limit' : formatMeasure(bytes, 'bytes'),
          ...(fill.length > 0 ? [nameSome(fill)] : []),
        ].join('; '),
        expected: `${formatMeasure(limits.leastBytes, 'bytes')} to ${formatMeasure(limits.mostBytes, 'bytes')}`,
        evidence: settings.quotes('stream-node-max-bytes'),
        remedy: configSet('stream-node-max-bytes', '4096'),
      },
      {
        subject: 'stream-node-max-entries',
        verdict: within(entries, limits.leastEntries, limits.mostEntries),
        observed: entries === 0 ? 'no limit' : `${entries} entries`,
        expected: `${limits.leastEntries} to ${formatNumber(limits.mostEntries)} entries`,
        evidence: settings.quotes('stream-node-max-entries'),
        remedy: configSet('stream-node-max-entries', '100'),
      },
    ]
  },
})
