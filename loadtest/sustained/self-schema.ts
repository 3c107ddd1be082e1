import { z } from 'zod'
import type { SelfSample } from '#loadtest/engine/self-watch.ts'

const number = z.number().min(0)

/** How a thread was doing, as it travels between processes and to the disk. */
export const selfSchema = z.strictObject({
  name: z.string(),
  delayP99Ms: number,
  delayMaxMs: number,
  cpuShare: number,
  arrivals: number,
  late: number,
}) satisfies z.ZodType<SelfSample>
