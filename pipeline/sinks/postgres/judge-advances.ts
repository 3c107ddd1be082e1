/** A claim that a subject is now as of `order`: a record as of a rev, an account as of a sequence. */
export interface Change<Order extends string | number> {
  readonly subject: string
  readonly order: Order
}

/** Which changes take effect, in the order in which they came. */
export interface Advances {
  /** For each change, whether it moved its subject forward. */
  readonly applied: readonly boolean[]
  /** For each subject that moved, the index of the change that it ends with. */
  readonly last: ReadonlyMap<string, number>
}

/**
 * The guard that makes every delivery harmless but the first: a change takes effect only when its order is
 * beyond what is stored and beyond every change before it. Equal is not beyond, so a replay changes nothing.
 */
export function judgeAdvances<Order extends string | number>(
  changes: readonly Change<Order>[],
  stored: ReadonlyMap<string, Order>,
): Advances {
  const reached = new Map<string, Order>()
  const last = new Map<string, number>()
  const applied = changes.map(({ subject, order }, index) => {
    const before = reached.get(subject) ?? stored.get(subject)
    if (before !== undefined && order <= before) return false
    reached.set(subject, order)
    last.set(subject, index)
    return true
  })
  return { applied, last }
}
