import type { Redis } from 'ioredis'
import type { PrivateRedis } from '#kernel/redis/private-redis.ts'

/** Whether an injury really happened, and how that is known. */
export interface Proof {
  readonly bit: boolean
  readonly detail: string
}

/** What is done to a Redis of our own in the middle of appending, and what it may cost. */
export interface Injury {
  readonly id: string
  /** The question that it puts, which is the title of its section. */
  readonly title: string
  /** What may be gone before the relay replays: nothing, or what was under way to the disk. */
  readonly mayLose: boolean
  /** Whether Redis has to refuse such a file, rather than go on with what it can read. */
  readonly mustRefuse: boolean
  /** How Redis ends. */
  readonly signal: NodeJS.Signals
  /** Seconds that the load lasts at the least, however fast its entries are appended. */
  readonly leastSeconds?: number
  readonly config?: Readonly<Record<string, string>>
  /** A program without which it cannot be inflicted. */
  readonly needs?: string
  /** Before the end, while entries are appended. */
  readonly before?: (redis: Redis) => Promise<Proof>
  /** After the end, to the files; `diedAt` is in milliseconds since the epoch. */
  readonly after?: (server: PrivateRedis, diedAt: number) => Promise<Proof>
  /** Makes the files readable again once Redis has refused them, and says what that did. */
  readonly mend?: (server: PrivateRedis) => Promise<string>
}
