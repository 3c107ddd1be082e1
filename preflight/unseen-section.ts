import { type SectionEnd, sectionEnd } from '#loadtest/numbered/section-end.ts'

/**
 * A question that was not put, and why. `unknown` when it was asked for and could not be answered,
 * `not-applicable` when asking would have been wrong, as a load on a Redis that we may not touch.
 */
export function unseenSection(
  title: string,
  verdict: 'unknown' | 'not-applicable',
  because: string,
): SectionEnd {
  const statement = { subject: 'not looked at', verdict, says: because }
  return sectionEnd(
    { title, verdict, answer: because, statements: [statement], measurements: [], plots: [], timeline: [] },
    [`${title} ${because}`],
  )
}
