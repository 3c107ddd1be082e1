import type { Redis } from 'ioredis'
import type { Dialect } from '#pipeline/dialects/dialect.ts'
import type { Sink } from '#pipeline/sinks/sink.ts'
import type { IndexMeter } from './index-meter.ts'
import type { Membership } from './membership.ts'

/** One stream to index: as whom, over which connection, and into which sink. */
export interface Source {
  readonly membership: Membership
  /** How its entries are written. */
  readonly dialect: Dialect
  /** For the reads that block; no other source may use it. */
  readonly blocking: Redis
  readonly sink: Sink
  readonly meter: IndexMeter
}
