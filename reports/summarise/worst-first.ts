import { VERDICTS, type Verdict } from '#kernel/verdict/verdict.ts'

/** The same things, the most alarming first; equals keep their order. */
export function worstFirst<Judged extends { readonly verdict: Verdict }>(
  things: readonly Judged[],
): Judged[] {
  return things.toSorted((a, b) => VERDICTS.indexOf(b.verdict) - VERDICTS.indexOf(a.verdict))
}
