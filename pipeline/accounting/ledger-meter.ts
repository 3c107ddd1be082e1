import type { Registry } from 'prom-client'
import { LEDGER_METRICS } from '#pipeline/contract.ts'
import { declaredMetrics } from '#pipeline/serve/declared-metrics.ts'
import type { GroupLedger } from './group-ledger.ts'

/** The books as metrics. */
export interface LedgerMeter {
  readonly registry: Registry
  /** Shows what a look at these streams found; what could not be told has no sample. */
  show(ledgers: readonly GroupLedger[]): void
  countLook(stream: string, outcome: 'ok' | 'failed'): void
}

const GAUGES = [
  'balanced',
  'known',
  'lastKnown',
  'epoch',
  'owed',
  'acknowledged',
  'deadLettered',
  'pending',
  'undelivered',
  'lost',
  'lostBefore',
] as const

export function ledgerMeter(streams: readonly string[]): LedgerMeter {
  const { registry, metrics } = declaredMetrics(LEDGER_METRICS)
  for (const stream of streams) {
    for (const outcome of ['ok', 'failed']) metrics.looks.inc({ stream, outcome }, 0)
  }
  return {
    registry,
    show(ledgers) {
      for (const gauge of GAUGES) metrics[gauge].reset()
      for (const ledger of ledgers) {
        const { stream, group } = ledger
        const values = valuesOf(ledger)
        for (const gauge of GAUGES) {
          const value = values[gauge]
          if (value !== null) metrics[gauge].set({ stream, group }, value)
        }
      }
    },
    countLook: (stream, outcome) => metrics.looks.inc({ stream, outcome }),
  }
}

function valuesOf({ balance, terms, knownAt, epoch, closed }: GroupLedger) {
  const isKnown = balance.verdict !== 'unknown'
  const isLost = balance.verdict === 'fail'
  return {
    balanced: isKnown ? Number(!isLost) : null,
    known: Number(isKnown),
    lastKnown: knownAt === null ? null : knownAt / 1_000,
    epoch,
    owed: terms && terms.opening + terms.added,
    acknowledged: terms && terms.acknowledged,
    deadLettered: terms && terms.deadLettered,
    pending: terms && terms.pending,
    undelivered: terms && terms.undelivered,
    lost: balance.lost,
    lostBefore: closed.reduce((sum, { lost }) => sum + (lost ?? 0), 0),
  }
}
