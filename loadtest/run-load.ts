import type { CommandContext } from '#kernel/cli/command.ts'
import { runScenario } from './engine/run-scenario.ts'
import { loadCaveats } from './load-caveats.ts'
import type { LoadOptions } from './numbered/load-options.ts'
import { openTarget } from './numbered/open-target.ts'
import { type Answers, runSections } from './numbered/run-sections.ts'
import { sectionEnd } from './numbered/section-end.ts'
import type { TargetOptions } from './numbered/target-options.ts'
import type { Scenario } from './scenario.ts'
import type { ScenarioOptions } from './scenario-options.ts'
import { toLoadSection } from './to-load-section.ts'

export type RunOptions = Pick<ScenarioOptions, 'producers' | 'ledger'> &
  Pick<LoadOptions, 'json'> &
  TargetOptions & { readonly seed: number }

/**
 * Runs one scenario on the Redis that was chosen, and answers its question. Ended early, by Ctrl-C or by a failure,
 * it answers with what was seen until then. Throws `UsageError` when the Redis may not be loaded.
 */
export async function runLoad(
  scenario: Scenario,
  options: RunOptions,
  { signal, stderr }: Pick<CommandContext, 'signal' | 'stderr'>,
): Promise<Answers> {
  await using target = await openTarget(options)
  const { seed, producers, ledger = null } = options
  const plan = { scenario, redisUrl: target.redisUrl, seed, producers, ledgerFolder: ledger }
  const step = {
    title: scenario.title,
    run: async (update: (progress: string) => void) =>
      sectionEnd(toLoadSection(await runScenario(plan, { update, signal }))),
  }
  return await runSections(
    {
      subject: scenario.id,
      environment: {
        redis: target.description,
        scenario: JSON.stringify(scenario),
        seed: `${seed}`,
        'producers per flow': `${producers}`,
      },
      steps: [step],
      caveats: loadCaveats(scenario),
    },
    { signal, stderr, quiet: options.json },
  )
}
