import type { Redis } from 'ioredis'

/** What a command is tried on: a full Redis, a stream in it, a group that holds entries. */
export interface ProbeScene {
  readonly redis: Redis
  readonly stream: string
  readonly group: string
  readonly consumer: string
  /** An entry that the consumer holds, and goes on holding. */
  readonly showHeld: () => string
  /** An entry that the consumer holds and that is settled now; each is handed out once. */
  readonly takeHeld: () => string
  /** Entries that the group has acknowledged, the oldest first: they may go. */
  readonly settled: readonly string[]
  /** Has the group read that many more; they count as delivered. */
  readonly read: (count: number) => Promise<number>
}

/** One command, tried while Redis is over its limit. */
export interface Probe {
  /** As an operator writes it; our own scripts by what they do. */
  readonly name: string
  readonly expected: 'works' | 'refused'
  /** Rejects, or answers a text, when Redis refuses it. */
  readonly run: (scene: ProbeScene) => Promise<unknown>
}

/** What became of one try. */
export interface Tried extends Pick<Probe, 'name' | 'expected'> {
  /** `broken` when it failed for another reason than memory. */
  readonly outcome: 'works' | 'refused' | 'broken'
  /** Redis' own words when it did not work. */
  readonly says: string
  /** Bytes over maxmemory just before; below 0 the try proves nothing. */
  readonly bytesOver: number
}
