import type { CommandContext } from '#kernel/cli/command.ts'
import { ENTRY_BYTES, requireRoom } from '../capacity/require-room.ts'
import type { LoadOptions } from '../numbered/load-options.ts'
import { ownRedisVersion } from '../numbered/own-redis-version.ts'
import { type Answers, runSections } from '../numbered/run-sections.ts'
import type { PersistenceOptions } from './persistence-options.ts'
import { persistenceSteps, QUESTIONS } from './persistence-steps.ts'

const NOT_COVERED = [
  'Real power loss: it is played by cutting the file back to a timestamp; disks that lie about fsync are not played.',
  'Silent corruption: the append-only file has no checksum, so a byte that changes inside a value comes back changed.',
  'appendfsync always, and snapshots (RDB) without an append-only file.',
  'The ingester: the relay is played by the same entries from the stored cursor on; standpipe drill redis-restart has both.',
  'Replicas and failover, which can lose acknowledged entries.',
]

/** Injures servers of our own, one after the other; nobody else's is touched. */
export async function runPersistence(
  { events, only, json }: PersistenceOptions & LoadOptions,
  { stderr, signal }: CommandContext,
): Promise<Answers> {
  // A rewrite and a repair keep a second file for a while.
  const bytes = 2 * events * ENTRY_BYTES
  await requireRoom({ bytes, redisUrl: undefined, advice: 'ask for fewer --events' })
  const left = QUESTIONS.filter((id) => !only.includes(id))
  return await runSections(
    {
      subject: 'what comes back after a restart, a kill, a power loss',
      environment: {
        redis: `${await ownRedisVersion()}, private, AOF everysec, timestamps in the AOF`,
        events: String(events),
      },
      steps: persistenceSteps(events, only),
      caveats: [...(left.length > 0 ? [`Left out by --only: ${left.join(', ')}.`] : []), ...NOT_COVERED],
    },
    { stderr, signal, quiet: json },
  )
}
