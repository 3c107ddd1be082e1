import type { Redis } from 'ioredis'
import type { Log } from '#kernel/log/log.ts'
import { systemClock } from '#kernel/time/clock.ts'
import { type Duration, seconds } from '#kernel/time/duration.ts'
import { createBookKeeper } from './book-keeper.ts'
import type { GroupLedger } from './group-ledger.ts'
import type { LedgerMeter } from './ledger-meter.ts'

export interface WatchOptions {
  readonly redis: Redis
  readonly streams: readonly string[]
  readonly every?: Duration
  readonly meter: LedgerMeter
  readonly log: Log
  readonly onLook: (ledgers: readonly GroupLedger[]) => void
}

/** Keeps the books of the streams until the signal aborts. A Redis that is away is waited for. */
export async function watchLedger(options: WatchOptions, signal: AbortSignal): Promise<void> {
  const { redis, streams, every = seconds(2), meter, log, onLook } = options
  const keepers = streams.map((stream) => ({ stream, keeper: createBookKeeper(redis, stream) }))
  const losses = new Map<string, number>()

  const look = async ({ stream, keeper }: (typeof keepers)[number]): Promise<GroupLedger[]> => {
    try {
      const ledgers = await keeper.look()
      meter.countLook(stream, 'ok')
      return ledgers
    } catch (error) {
      meter.countLook(stream, 'failed')
      log.warn({ stream, error: (error as Error).message }, 'cannot keep the books; trying again')
      return []
    }
  }

  while (!signal.aborted) {
    const ledgers = (await Promise.all(keepers.map(look))).flat()
    for (const ledger of ledgers) tellLoss(ledger, losses, log)
    meter.show(ledgers)
    onLook(ledgers)
    await systemClock.sleep(every, signal).catch(() => {})
  }
}

/** Says a loss once, and again when it has grown. */
function tellLoss(
  { stream, group, balance, closed, lossAt }: GroupLedger,
  told: Map<string, number>,
  log: Log,
): void {
  const before = closed.reduce((sum, { lost }) => sum + (lost ?? 0), 0)
  const lost = before + (balance.lost ?? 0)
  const name = JSON.stringify([stream, group])
  if (lost > (told.get(name) ?? 0)) {
    const says = balance.verdict === 'fail' ? balance.says : closed.at(-1)?.says
    log.error({ stream, group, lost, lossAt, says }, 'entries are lost')
  }
  told.set(name, lost)
}
