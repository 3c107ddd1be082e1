import type { Redis } from 'ioredis'
import { systemClock } from '#kernel/time/clock.ts'
import { seconds } from '#kernel/time/duration.ts'

/** Keeps the cursors of another system near ours, so that it can go on after us. Never ahead of ours. */
export interface Handover {
  /** Everything up to this sequence is stored; told to the other system about once a second. */
  note(seq: number): void
  /** Tells it the last sequence noted. */
  finish(): Promise<void>
}

const EVERY = seconds(1)

/** Beside their cursor: what we last wrote there. Where both differ, they have written since. */
export function handedOverKey(theirKey: string): string {
  return `${theirKey}:handed-over`
}

/** A write that fails is made up for by the next one. Without a key it is a handover to nobody. */
export function createHandover(redis: Redis, theirKeys: readonly string[]): Handover {
  let noted: number | null = null
  let told: number | null = null
  let toldAt = 0
  const tell = async () => {
    const seq = noted
    if (theirKeys.length === 0 || seq === null || seq === told) return
    told = seq
    toldAt = systemClock.now()
    await redis.mset(theirKeys.flatMap((key) => [key, seq, handedOverKey(key), seq])).catch(() => {
      told = null
    })
  }
  return {
    note(seq) {
      noted = seq
      if (systemClock.now() - toldAt >= EVERY) void tell()
    },
    finish: tell,
  }
}
