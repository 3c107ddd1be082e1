import { z } from 'zod'
import { selfSchema } from './self-schema.ts'

/** What the process of the consumers needs to know. */
export const consumersPlanSchema = z.object({
  redisUrl: z.string(),
  stream: z.string(),
  groups: z.array(z.string()),
  consumers: z.number(),
})

export type ConsumersPlan = z.infer<typeof consumersPlanSchema>

/** The variable that carries the plan; not the command line, which every user of the machine can read. */
export const PLAN_VARIABLE = 'SUSTAINED_CONSUMERS'

/** The sequence of the first entry; before it nothing was sent. */
export const FIRST_SEQ = 10_000_000_000

const stretches = z.array(z.tuple([z.number(), z.number()]))

/** One line of that process: what was committed since the one before, counted from 1, and how it is doing. */
export const consumersWordSchema = z.object({
  groups: z.array(z.object({ group: z.string(), committed: stretches })),
  /** Waiting times until the commit, as `Latencies` travel. */
  waits: z.string(),
  rssBytes: z.number(),
  self: selfSchema,
  /** Why a consumer stopped by itself; `null` when none did. */
  failed: z.string().nullable(),
})

export type ConsumersWord = z.infer<typeof consumersWordSchema>
