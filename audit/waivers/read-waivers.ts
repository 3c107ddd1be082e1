import { UsageError } from '#kernel/errors.ts'
import { hours } from '#kernel/time/duration.ts'
import type { Check } from '../check.ts'
import { readYaml } from '../read-yaml.ts'
import { endOf, MOST_DAYS, type Waiver, waiversSchema } from './waiver.ts'

/**
 * Throws `UsageError` when the file is not as expected, when it waives what no check asks, and when something
 * is waived for longer than 90 days from now. One that has expired is no error here: it is a finding.
 */
export async function readWaivers(path: string, checks: readonly Check[], now: Date): Promise<Waiver[]> {
  const { waivers } = await readYaml(path, waiversSchema)
  const ids = new Set(checks.map(({ id }) => id))
  const stray = waivers.find(({ check }) => !ids.has(check))
  if (stray)
    throw new UsageError(`"${path}" waives "${stray.check}", and there is no such check; see audit --list`)
  const far = waivers.find((waiver) => endOf(waiver) - now.getTime() > hours(24 * (MOST_DAYS + 1)))
  if (far) {
    throw new UsageError(
      `"${path}" waives ${far.check} until ${far.expires}; a waiver may last ${MOST_DAYS} days at the most`,
    )
  }
  return waivers
}
