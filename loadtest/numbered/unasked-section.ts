import type { Section } from '#kernel/report/report.ts'

/** A question that could not be put here, and why. */
export function unaskedSection(title: string, because: string): Section {
  return {
    title,
    verdict: 'unknown',
    answer: because,
    statements: [{ subject: 'not looked at', verdict: 'unknown', says: because }],
    measurements: [],
    plots: [],
    timeline: [],
  }
}
