import type { Measurement, Report } from '#kernel/report/report.ts'
import { betterByUnit } from './better-by-unit.ts'
import type { Measured, Run } from './run.ts'

/** A report as something to compare. */
export function toRun(report: Report, file: string): Run {
  const { area, subject, startedAt, verdict, environment, sections } = report
  const measured = sections.flatMap(({ title, measurements }) =>
    measurements.map((one) => toMeasured(title, one)),
  )
  const questions = sections.map(({ title, verdict: answer }) => ({ title, verdict: answer }))
  return { file, area, subject, startedAt, verdict, questions, environment, measured }
}

function toMeasured(section: string, { name, unit, value, rounds = [], better }: Measurement): Measured {
  return { section, name, unit, value, rounds, better: better ?? betterByUnit(unit) }
}
