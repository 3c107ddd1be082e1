import fs from 'node:fs'

type LastAct = (sync: typeof fs) => void

const lastActs: LastAct[] = []

/**
 * Registers what must happen even when the process ends early; only synchronous work can. Runs in reverse
 * order of registration. Returns the function that takes the registration back.
 */
export function onProcessExit(act: LastAct): () => void {
  if (lastActs.length === 0) process.once('exit', runLastActs)
  lastActs.push(act)
  return () => {
    const index = lastActs.indexOf(act)
    if (index >= 0) lastActs.splice(index, 1)
    if (lastActs.length === 0) process.off('exit', runLastActs)
  }
}

/** Runs and forgets every registered act; one that throws does not keep the others from running. */
export function runLastActs(): void {
  for (const act of lastActs.splice(0).reverse()) {
    try {
      act(fs)
    } catch {
      // The process is ending: there is nobody left to tell.
    }
  }
}
