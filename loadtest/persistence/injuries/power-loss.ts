import { checkAof } from '../check-aof.ts'
import type { Injury } from '../injury.ts'

/** appendfsync everysec may hold back two seconds: an fsync that takes long postpones the next write. */
const HELD_BACK_SECONDS = 2

/**
 * The machine loses its power: what was not fsynced is gone. Played by cutting the append-only file back to the
 * timestamp of the last moment that everysec promises, which needs neither root nor a special file system.
 */
export default {
  id: 'power-loss',
  title: 'What comes back after a power loss?',
  mayLose: true,
  mustRefuse: false,
  signal: 'SIGKILL',
  leastSeconds: HELD_BACK_SECONDS + 2,
  needs: 'redis-check-aof',
  async after({ dir }, diedAt) {
    const until = Math.floor(diedAt / 1_000) - HELD_BACK_SECONDS
    const { code, said } = await checkAof(dir, ['--truncate-to-timestamp', String(until)])
    const cut = said.find((line) => line.startsWith('Successfully truncated'))
    return {
      bit: code === 0 && cut !== undefined,
      detail: cut ?? said.at(-1) ?? 'redis-check-aof said nothing',
    }
  },
} satisfies Injury
