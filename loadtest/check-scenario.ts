import type { z } from 'zod'
import { UsageError } from '#kernel/errors.ts'
import { measuresOf } from './measures-of.ts'
import { type Scenario, scenarioSchema } from './scenario.ts'

/** The scenario that this is. Throws `UsageError`, which says all that is wrong with it at once; `name` names it. */
export function checkScenario(value: unknown, name: string): Scenario {
  const result = scenarioSchema.safeParse(value)
  if (!result.success)
    throw new UsageError(`scenario "${name}": ${result.error.issues.map(describe).join('; ')}`)
  refuseUnknownMeasures(result.data, name)
  return result.data
}

/** A threshold about nothing would only be found out when the run is over. */
function refuseUnknownMeasures(scenario: Scenario, name: string): void {
  const known = measuresOf(scenario)
  const unknown = scenario.thresholds.map(({ measure }) => measure).find((one) => !known.includes(one))
  if (unknown === undefined) return
  throw new UsageError(
    `scenario "${name}": nothing measures "${unknown}"; a threshold may be about ${known.join(', ')}`,
  )
}

function describe({ path, message }: z.core.$ZodIssue): string {
  const text = message.charAt(0).toLowerCase() + message.slice(1)
  return path.length === 0 ? text : `${path.join('.')}: ${text}`
}
