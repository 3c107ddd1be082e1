import { z } from 'zod'
import { shapeSchema } from './shape.ts'

/** A stretch of a run with one shape of arrivals. */
export const phaseSchema = z.strictObject({
  name: z.string().min(1),
  /** Seconds. */
  lasts: z.number().positive('expected seconds above 0').max(2_592_000, 'expected at most 30 days'),
  arrivals: shapeSchema,
  /** Evenly spaced, or each arrival by chance and for itself, as those of many strangers are. */
  spread: z.enum(['even', 'poisson']).default('even'),
  /** Latencies of a warm-up are not told. */
  warmUp: z.boolean().default(false),
})

export type Phase = z.infer<typeof phaseSchema>
