/** One thing that must hold before a process may be called ready. */
export interface ReadinessProbe {
  /** A noun: `redis`, `relay`, `database`. */
  readonly name: string
  /** `null` when it holds, else why not, in a few words. One that throws does not hold. */
  check(): string | null | Promise<string | null>
}

/** What each probe found; `null` is fine, anything else says what is missing. */
export type Readiness = Readonly<Record<string, string | null>>

/** Asks every probe. No probes at all is ready: there is nothing to wait for. */
export async function gatherReadiness(probes: readonly ReadinessProbe[]): Promise<Readiness> {
  const found = await Promise.all(probes.map(async (probe) => [probe.name, await ask(probe)] as const))
  return Object.fromEntries(found)
}

export function isReady(readiness: Readiness): boolean {
  return Object.values(readiness).every((reason) => reason === null)
}

async function ask(probe: ReadinessProbe): Promise<string | null> {
  try {
    return await probe.check()
  } catch (error) {
    return (error as Error).message
  }
}
