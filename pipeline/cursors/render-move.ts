import type { MovePlan } from './plan-move.ts'

const RUNNING = 'an ingester that runs notices with its next batch'

/** For a person: what was done, or would be, and what becomes of the data. */
export function renderMove(plan: MovePlan & { readonly moved: boolean }, yes: boolean): string {
  const { key, from, to, effect, says, moved } = plan
  const move = `${key}: ${from ?? 'no cursor'} → ${to}`
  if (effect === 'stays') return `${key} is at ${to}: nothing changes\n`
  if (!yes) return `${move}\n${says}\nnothing was changed, --yes does it\n`
  if (!moved) return `${move}\nsomebody moved it meanwhile, nothing was changed; look again\n`
  return `${move}\n${says}\ndone; ${RUNNING}\n`
}
