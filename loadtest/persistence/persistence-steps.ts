import type { Step } from '#kernel/cli/step.ts'
import { findExecutable } from '#kernel/process/find-executable.ts'
import type { SectionEnd } from '../numbered/section-end.ts'
import { stepOf } from '../numbered/step-of.ts'
import { unaskedSection } from '../numbered/unasked-section.ts'
import { injuries } from './injuries/index.ts'
import type { Injury } from './injury.ts'
import { measureDiskFull } from './measure-disk-full.ts'
import { measureReady } from './measure-ready.ts'
import { measureRecovery } from './measure-recovery.ts'
import { whyNoSmallDisk } from './small-disk.ts'
import { toDiskFullSection } from './to-disk-full-section.ts'
import { toReadySection } from './to-ready-section.ts'
import { toRecoverySection } from './to-recovery-section.ts'

/** Every question that a run may be asked, by the word that chooses it. */
export const QUESTIONS: readonly string[] = [...injuries.map(({ id }) => id), 'disk-full', 'time-to-ready']

const DISK_BYTES = 32 * 1_024 * 1_024

/** The chosen questions, each on a Redis of its own. */
export function persistenceSteps(events: number, only: readonly string[]): Step<SectionEnd>[] {
  const steps = new Map<string, Step<SectionEnd>>([
    ...injuries.map((injury) => [injury.id, recoveryStep(injury, events)] as const),
    [
      'disk-full',
      stepOf('What does a full disk do?', async (title, update, signal) => {
        const because = await whyNoSmallDisk()
        if (because !== null) return unaskedSection(title, because)
        return toDiskFullSection(title, await measureDiskFull(DISK_BYTES, update, signal))
      }),
    ],
    [
      'time-to-ready',
      stepOf('How long until it is ready again?', async (title, update, signal) =>
        toReadySection(title, await measureReady(events, update, signal)),
      ),
    ],
  ])
  return [...steps].filter(([id]) => only.includes(id)).map(([, step]) => step)
}

function recoveryStep(injury: Injury, events: number): Step<SectionEnd> {
  return stepOf(injury.title, async (title, update, signal) => {
    if (injury.needs !== undefined && findExecutable(injury.needs) === null)
      return unaskedSection(title, `it takes ${injury.needs}, which is not on PATH`)
    return toRecoverySection(await measureRecovery(injury, { events, update, signal }))
  })
}
