import type { Section } from '#kernel/report/report.ts'
import type { CapacityRun } from './capacity-run.ts'
import { toCapacitySection } from './to-capacity-section.ts'

/** Did Redis take every entry that was appended, and how fast? Whether they are there is asked by reading back; `maxmemoryBytes` is what the operator asks for. */
export function toAppendSection(title: string, run: CapacityRun, maxmemoryBytes: number): Section {
  const { verdict, statements, measurements, plots } = toCapacitySection({ ...run, maxmemoryBytes }, null)
  return {
    title,
    verdict,
    answer: statements[0]?.says ?? '',
    statements,
    measurements: [
      ...measurements.filter(({ name }) => name === 'append throughput'),
      {
        name: 'appending',
        unit: 's',
        value: run.tookMs / 1_000,
        samples: 1,
        method: 'wall time of the phase',
      },
    ],
    plots,
    timeline: [],
  }
}
