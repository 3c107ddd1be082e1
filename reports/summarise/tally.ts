import { VERDICTS, type Verdict } from '#kernel/verdict/verdict.ts'

/** How many of each verdict, worst first, those that do not occur left out: `1 fail · 14 pass`. */
export function tally(things: readonly { readonly verdict: Verdict }[]): string {
  const counts = VERDICTS.map((verdict) => ({
    verdict,
    count: things.filter((thing) => thing.verdict === verdict).length,
  }))
  return counts
    .reverse()
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => `${count} ${verdict}`)
    .join(' · ')
}
