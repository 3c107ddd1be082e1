import { z } from 'zod'
import { phaseSchema } from '#loadtest/arrivals/phase.ts'
import { eventMixSchema } from '../event-mix.ts'

/** What a synthetic firehose is like: what it consists of, and how fast it comes. */
export const profileSchema = z.strictObject({
  name: z.string().min(1),
  /** Where the numbers come from, in a sentence. */
  source: z.string().min(1).default('written by hand'),
  mix: eventMixSchema.prefault({}),
  /** The rate over time, begun anew when it is over; without one the rate is that of the command. */
  rate: z.array(phaseSchema).min(1, 'expected at least one phase').optional(),
})

export type Profile = z.infer<typeof profileSchema>
