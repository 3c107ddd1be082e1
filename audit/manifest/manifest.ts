import { z } from 'zod'
import { parseDuration } from './parse-duration.ts'

const duration = z.string().transform((text, context) => {
  const parsed = parseDuration(text)
  if (parsed !== null) return parsed
  context.addIssue({ code: 'custom', message: 'expected a duration such as 30s, 15m, 72h or 3d' })
  return z.NEVER
})

const group = z.strictObject({
  /** Consumers that must be alive at the least. */
  consumers: z.number().int().min(0).optional(),
})

const stream = z.strictObject({
  /** By name; any other group on the stream is a surprise. Absent: nothing is known of its groups. */
  groups: z.record(z.string(), group).optional(),
  /** How long an entry is to stay, read or not; absent: it may go once every group has acknowledged it. */
  retention: duration.optional(),
  /** Whether it may be silent for hours, as a stream of labels or of repos is. */
  quiet: z.boolean().default(false),
})

/** What an operator declares of a deployment in `standpipe.yaml`; durations become milliseconds. */
export const manifestSchema = z.strictObject({
  /** Where the ingester reads, so that its cursor can be found. */
  relay: z.string().optional(),
  /** How far back the relay can replay. */
  'relay-window': duration.optional(),
  /** The longest that all consumers may be away without a loss. */
  outage: duration.optional(),
  'events-per-second': z.number().positive().optional(),
  streams: z.record(z.string(), stream).default({}),
  /** What the running configuration has to say, by redis.conf name. */
  settings: z.record(z.string(), z.union([z.string(), z.number()]).transform(String)).default({}),
  /** Own limits, by check id, in the check's own units. */
  limits: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
})

export type Manifest = z.output<typeof manifestSchema>
