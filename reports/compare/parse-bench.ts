import { median } from 'd3-array'
import { z } from 'zod'
import { UsageError } from '#kernel/errors.ts'
import { betterByUnit } from './better-by-unit.ts'
import type { Run } from './run.ts'

const benchSchema = z.object({
  schema: z.literal('standpipe/bench@1'),
  name: z.string(),
  title: z.string(),
  at: z.string(),
  machine: z.string(),
  unit: z.string(),
  alternatives: z.array(z.object({ name: z.string(), rates: z.array(z.number()) })),
})

/** What `npm run bench` wrote, as something to compare. Throws `UsageError` when it is not whole. */
export function parseBench(document: unknown, file: string): Run {
  const result = benchSchema.safeParse(document)
  if (!result.success) {
    const [issue] = result.error.issues
    throw new UsageError(`"${file}" is not a whole benchmark: ${issue?.path.join('.')}: ${issue?.message}`)
  }
  const { name, title, at, machine, unit, alternatives } = result.data
  return {
    file,
    area: 'bench',
    subject: name,
    startedAt: at,
    verdict: 'not-applicable',
    questions: [],
    environment: { machine },
    measured: alternatives.map((one) => ({
      section: title,
      name: one.name,
      unit,
      value: median(one.rates) ?? null,
      rounds: one.rates,
      better: betterByUnit(unit),
    })),
  }
}
