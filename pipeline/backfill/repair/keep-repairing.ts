import type { Log } from '#kernel/log/log.ts'
import type { ListReposMeter } from '#pipeline/backfill/list-repos/list-repos-meter.ts'
import { type FailedStep, type RepairTuning, repairGaps } from './repair-gaps.ts'
import type { RepairOptions } from './repair-options.ts'
import type { RepairStep } from './repair-step.ts'

export interface KeepRepairingOptions extends RepairOptions {
  readonly meter: ListReposMeter
  readonly log: Log
  readonly tuning?: Partial<RepairTuning>
}

/** Repairs every gap of a relay until the signal aborts, and tells meter and log of it. */
export async function keepRepairing(options: KeepRepairingOptions, signal: AbortSignal): Promise<void> {
  for await (const step of repairGaps(options, signal)) {
    if (step.kind === 'listed') options.meter.countRepair(step.added)
    tell(options, step)
  }
}

function tell({ host, stream, meter, log }: KeepRepairingOptions, step: RepairStep | FailedStep): void {
  if (step.kind === 'begun') {
    log.warn({ host, stream, ...step.round }, 'gaps are being repaired: listing what may have changed')
  } else if (step.kind === 'broken') {
    const { queued } = step.round
    log.error(
      { host, stream, queued, ...step.tally },
      'repos vanished from the repair stream before they were fetched; the repair begins anew',
    )
  } else if (step.kind === 'closed') {
    meter.countClosedGaps(step.gaps)
    log.info({ host, stream, gaps: step.gaps, ...step.closing }, 'gaps are closed')
  } else if (step.kind === 'failed') {
    const { error, retryInMs } = step
    meter.countFailure(error.reason, error.message)
    log.warn(
      { host, reason: error.reason, says: error.message, retryInMs: Math.round(retryInMs) },
      'cannot go on with a repair; trying again',
    )
  }
}
