import { z } from 'zod'
import { UsageError } from '#kernel/errors.ts'

/** What `k6 run --summary-export` writes: values by metric, and of each threshold whether it was crossed. */
const summarySchema = z.object({
  metrics: z.record(z.string(), z.looseObject({ thresholds: z.record(z.string(), z.boolean()).optional() })),
})

export type K6Summary = z.infer<typeof summarySchema>

/** Throws `UsageError` when the text is no summary of k6. */
export function parseK6Summary(text: string): K6Summary {
  try {
    return summarySchema.parse(JSON.parse(text))
  } catch (error) {
    throw new UsageError(`not a summary of k6: ${(error as Error).message}`, { cause: error })
  }
}
