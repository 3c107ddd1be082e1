import type { Drill } from './drill.ts'
import type { FaultProof } from './drill-log.ts'
import type { Injury, Proof } from './fault.ts'
import type { Target } from './target.ts'

/** The faults of a drill against one target, and what came of them. */
export interface Strike {
  readonly proofs: readonly FaultProof[]
  /** Faults that could not be undone, with the reason. */
  readonly notLifted: readonly string[]
  /** Injects all, in order; stops at the first that throws. */
  inject(signal: AbortSignal): Promise<void>
  /** Lifts all, in reverse, whatever was injected; one that fails does not keep the others from it. */
  lift(): Promise<void>
  /** Asks for what shows only after the lift. */
  confirm(): Promise<void>
}

export function planStrike({ faults }: Drill, target: Target): Strike {
  const injuries = faults.map((fault) => ({ name: fault.name, injury: fault.against(target) }))
  const proofs = new Map<string, Proof>()
  const notLifted: string[] = []

  const confirmOne = async (name: string, injury: Injury) => {
    const proof = proofs.get(name)
    if (!proof?.bit || !injury.confirm) return
    const after = await injury.confirm()
    proofs.set(name, { bit: after.bit, detail: `${proof.detail}; ${after.detail}` })
  }
  return {
    get proofs() {
      return [...proofs].map(([fault, proof]) => ({ fault, ...proof }))
    },
    notLifted,
    async inject(signal) {
      for (const { name, injury } of injuries) proofs.set(name, await injury.inject(signal))
    },
    async lift() {
      for (const { name, injury } of injuries.toReversed()) {
        await injury.lift().catch((error: Error) => notLifted.push(`${name}: ${error.message}`))
      }
    },
    async confirm() {
      for (const { name, injury } of injuries) await confirmOne(name, injury)
    },
  }
}
