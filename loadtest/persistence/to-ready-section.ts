import { formatMeasure } from '#kernel/format/format-measure.ts'
import type { Section } from '#kernel/report/report.ts'
import { unaskedSection } from '../numbered/unasked-section.ts'
import type { Ready } from './measure-ready.ts'

/** How long until it answers again, by how much there is to load? It is told, not judged: nobody said what is too long. */
export function toReadySection(title: string, ready: readonly Ready[]): Section {
  const largest = ready.at(-1)
  if (largest === undefined) return unaskedSection(title, 'nothing was started again')
  const perGigabyte = largest.aofBytes > 0 ? largest.seconds / (largest.aofBytes / 1_024 ** 3) : null
  return {
    title,
    verdict: 'pass',
    answer: `${formatMeasure(largest.seconds, 's')} for ${largest.entries} entries, ${formatMeasure(perGigabyte, 's')} per GiB of append-only log`,
    statements: [
      {
        subject: 'restarts',
        verdict: 'pass',
        says: `${ready.length} restarts, the largest with ${largest.entries} entries`,
        why: 'Until then every append waits, and the relay socket stands still.',
      },
    ],
    measurements: [
      ...ready.map(({ entries, aofBytes, seconds }) => ({
        name: `time to ready with ${entries} entries`,
        unit: 's' as const,
        value: seconds,
        samples: 1,
        method: `kill -9, start to first answer, append-only log of ${formatMeasure(aofBytes, 'bytes')}`,
      })),
      {
        name: 'time to ready per GiB',
        unit: 's',
        value: perGigabyte,
        samples: ready.length,
        method: 'of the largest; a log that was rewritten begins with a snapshot and loads faster',
      },
    ],
    plots: [],
    timeline: [],
  }
}
