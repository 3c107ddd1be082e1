import type { Plot, Series } from '#kernel/report/report.ts'
import type { FlowSample } from './flow-sample.ts'

/** The flow as curves; what could not be seen is a gap. */
export function toPlots(samples: readonly FlowSample[]): Plot[] {
  const method = `${samples.length} looks from outside`
  const curve = (name: string, valueOf: (sample: FlowSample) => number | null): Series => ({
    name,
    points: samples.map((sample) => [sample.at, valueOf(sample)] as const),
  })
  return [
    {
      title: 'Entries appended',
      unit: 'entries/s',
      x: 'seconds',
      series: [{ name: 'appended', points: ratesOf(samples) }],
      method,
    },
    {
      title: 'Entries under way',
      unit: 'entries',
      x: 'seconds',
      series: [
        curve('not yet delivered', ({ lag }) => lag),
        curve('not acknowledged', ({ pending }) => pending),
      ],
      method,
    },
    {
      title: 'Memory of Redis',
      unit: 'bytes',
      x: 'seconds',
      series: [curve('used', ({ usedMemoryBytes }) => usedMemoryBytes)],
      method,
    },
  ]
}

/** Growth between neighbouring looks; a gap where either could not see. */
function ratesOf(samples: readonly FlowSample[]): Series['points'] {
  return samples.slice(1).map((sample, index) => {
    const before = samples[index]
    const lasted = sample.at - (before?.at ?? sample.at)
    if (sample.entriesAdded === null || before?.entriesAdded == null || lasted <= 0)
      return [sample.at, null] as const
    return [sample.at, Math.max(0, (sample.entriesAdded - before.entriesAdded) / lasted)] as const
  })
}
