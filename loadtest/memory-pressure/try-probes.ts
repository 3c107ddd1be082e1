import { isReplyError } from '#kernel/redis/is-reply-error.ts'
import { readSize } from '../capacity/read-size.ts'
import type { Probe, ProbeScene, Tried } from './probe.ts'

/** Tries one after the other, and looks before each whether Redis is still over its limit. */
export async function tryProbes(
  probes: readonly Probe[],
  scene: ProbeScene,
  signal: AbortSignal,
): Promise<Tried[]> {
  const tried: Tried[] = []
  for (const { name, expected, run } of probes) {
    signal.throwIfAborted()
    const { usedBytes, maxmemoryBytes } = await readSize(scene.redis)
    const bytesOver = usedBytes - maxmemoryBytes
    const { outcome, says } = await outcomeOf(() => run(scene))
    tried.push({ name, expected, outcome, says, bytesOver })
  }
  return tried
}

async function outcomeOf(run: () => Promise<unknown>): Promise<Pick<Tried, 'outcome' | 'says'>> {
  try {
    await run()
    return { outcome: 'works', says: '' }
  } catch (error) {
    if (!isReplyError(error)) throw error
    return { outcome: /\bOOM\b/.test(error.message) ? 'refused' : 'broken', says: error.message }
  }
}
