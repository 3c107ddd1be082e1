import type { z } from 'zod'
import { UsageError } from '#kernel/errors.ts'
import { type Scenario, scenarioSchema } from './scenario.ts'

/** The scenario that this is. Throws `UsageError`, which says all that is wrong with it at once; `name` names it. */
export function checkScenario(value: unknown, name: string): Scenario {
  const result = scenarioSchema.safeParse(value)
  if (result.success) return result.data
  throw new UsageError(`scenario "${name}": ${result.error.issues.map(describe).join('; ')}`)
}

function describe({ path, message }: z.core.$ZodIssue): string {
  const text = message.charAt(0).toLowerCase() + message.slice(1)
  return path.length === 0 ? text : `${path.join('.')}: ${text}`
}
