import type { Redis } from 'ioredis'
import { systemClock } from '#kernel/time/clock.ts'
import { seconds } from '#kernel/time/duration.ts'

/** Keeps the cursor of another system near ours, so that it can go on after us. Never ahead of ours. */
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

/** `null` as the key makes a handover to nobody. A write that fails is made up for by the next one. */
export function createHandover(redis: Redis, theirKey: string | null): Handover {
  let noted: number | null = null
  let told: number | null = null
  let toldAt = 0
  const tell = async () => {
    if (theirKey === null || noted === null || noted === told) return
    told = noted
    toldAt = systemClock.now()
    await redis.mset(theirKey, told, handedOverKey(theirKey), told).catch(() => {
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
