import type { Effect } from './effect.ts'
import { keyOf } from './event-name.ts'
import type { InDoubt } from './evidence.ts'
import type { Pages } from './pages.ts'
import { SEEN, type Tally } from './tally.ts'

/** Marks every event that the sink committed; counts what came twice, what nobody sent, and what overtook. */
export async function countEffects(
  { index, seen, counts, examples }: Tally,
  effects: Pages<Effect>,
  inDoubt: readonly InDoubt[],
): Promise<void> {
  const latestOfDid = new Map<string, number>()

  const first = (place: number, effect: Effect) => {
    counts.committed++
    seen.set(place, seen.get(place) | SEEN.committed)
    if (inDoubt.some(({ after, upTo }) => effect.seq > after && effect.seq <= upTo)) counts.recovered++
    if (!effect.applied) examples.add('superseded', effect)
  }
  const again = (effect: Effect, applied: boolean) => {
    counts.duplicatedDeliveries++
    examples.add('duplicatedDeliveries', effect)
    if (!effect.applied || !applied) return
    counts.duplicateEffects++
    examples.add('duplicateEffects', effect)
  }
  const inOrder = (effect: Effect) => {
    const latest = latestOfDid.get(effect.did) ?? 0
    if (effect.seq >= latest) return latestOfDid.set(effect.did, effect.seq)
    counts.reordered++
    return examples.add('reordered', effect)
  }
  const read = (effect: Effect) => {
    const place = index.find(keyOf(effect))
    if (place < 0) {
      counts.unexpected++
      return examples.add('unexpected', effect)
    }
    const marks = seen.get(place)
    const applied = (marks & SEEN.applied) !== 0
    if (marks & SEEN.committed) again(effect, applied)
    else first(place, effect)
    if (!effect.applied || applied) return
    seen.set(place, seen.get(place) | SEEN.applied)
    inOrder(effect)
  }
  for await (const page of effects) for (const effect of page) read(effect)
}
