/**
 * What an observation means, mildest first. `unknown` is a result, not an error: the evidence could not
 * settle the question, and it is never rounded up to `pass`.
 */
export const VERDICTS = ['not-applicable', 'pass', 'warn', 'unknown', 'fail'] as const

export type Verdict = (typeof VERDICTS)[number]

/** The most alarming verdict wins; judging nothing at all is `not-applicable`. */
export function worst(verdicts: Iterable<Verdict>): Verdict {
  let rank = 0
  for (const verdict of verdicts) rank = Math.max(rank, VERDICTS.indexOf(verdict))
  return VERDICTS[rank] ?? 'unknown'
}
