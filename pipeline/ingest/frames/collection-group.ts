/** Collections are named by strangers: more of them than this are not remembered. */
const REMEMBERED = 1_000

/** Says by which of the operator's own patterns a collection was wanted: few, whatever strangers make up. */
export function collectionGroup(patterns: readonly string[]): (collection: string) => string {
  const known = new Map<string, string>()
  const find = (collection: string) =>
    patterns.find((pattern) =>
      pattern.endsWith('*') ? collection.startsWith(pattern.slice(0, -1)) : pattern === collection,
    ) ?? '*'
  return (collection) => {
    const group = known.get(collection) ?? find(collection)
    if (known.size < REMEMBERED) known.set(collection, group)
    return group
  }
}
