import type { CommandContext } from '#kernel/cli/command.ts'
import { loadCaveats } from '#loadtest/load-caveats.ts'
import type { LoadOptions } from '#loadtest/numbered/load-options.ts'
import { openTarget } from '#loadtest/numbered/open-target.ts'
import { type Answers, runSections } from '#loadtest/numbered/run-sections.ts'
import { sectionEnd } from '#loadtest/numbered/section-end.ts'
import type { TargetOptions } from '#loadtest/numbered/target-options.ts'
import type { Scenario } from '#loadtest/scenario.ts'
import type { SearchFlags } from './find-max-options.ts'
import { judgeSearch } from './judge-search.ts'
import { searchRates } from './search-rates.ts'

export type FindMaxOptions = Omit<SearchFlags, 'scenario'> &
  TargetOptions &
  Pick<LoadOptions, 'json'> & { readonly seed: number }

const CAVEATS = [
  'Each rate was tried once and for seconds: a rate that holds for five seconds may not hold for an hour.',
  'Other rates than those named were not tried; a system that is slow at one rate and fast at a higher one is not seen.',
]

/** Searches on the Redis that was chosen. Throws `UsageError` when it may not be loaded. */
export async function answerFindMax(
  scenario: Scenario,
  options: FindMaxOptions,
  { signal, stderr }: Pick<CommandContext, 'signal' | 'stderr'>,
): Promise<Answers> {
  await using target = await openTarget(options)
  const { from, upTo, within, duration, producers, seed } = options
  const plan = {
    scenario,
    redisUrl: target.redisUrl,
    seed,
    producers,
    ledgerFolder: null,
    search: { from, upTo, within },
    duration,
  }
  const run = async (update: (progress: string) => void) => {
    const trials = await searchRates(plan, { update, signal })
    const interrupted = signal.aborted ? (signal.reason as Error).message : null
    return sectionEnd(judgeSearch(trials, upTo, interrupted))
  }
  return await runSections(
    {
      subject: `the highest rate of ${scenario.id}`,
      environment: {
        redis: target.description,
        scenario: JSON.stringify(scenario),
        seed: `${seed}`,
        'producers per flow': `${producers}`,
        'seconds for each rate': `${duration}`,
      },
      steps: [{ title: 'What is the highest rate at which everything holds?', run }],
      caveats: [...CAVEATS, ...loadCaveats(scenario)],
    },
    { signal, stderr, quiet: options.json },
  )
}
