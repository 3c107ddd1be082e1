import { createTurnstile, type Turnstile, type TurnstileOptions } from './turnstile.ts'

/** One turnstile per host, made when it is first asked for and forgotten when nobody needs it. */
export interface HostGates {
  readonly size: number
  at(host: string): Turnstile
}

const FEW_HOSTS = 1_000

/** `special` names hosts that are treated in another way than all others. */
export function createHostGates(
  usual: TurnstileOptions,
  special: Readonly<Record<string, TurnstileOptions>> = {},
): HostGates {
  const gates = new Map<string, Turnstile>()
  let sweepAt = FEW_HOSTS

  const sweep = () => {
    for (const [host, gate] of gates) if (gate.isIdle) gates.delete(host)
    sweepAt = Math.max(FEW_HOSTS, gates.size * 2)
  }

  return {
    get size() {
      return gates.size
    },
    at(host) {
      const known = gates.get(host)
      if (known) return known
      if (gates.size >= sweepAt) sweep()
      const gate = createTurnstile(special[host] ?? usual)
      gates.set(host, gate)
      return gate
    },
  }
}
