/** Says whether events of a collection are wanted. */
export type CollectionFilter = (collection: string) => boolean

/**
 * Reads patterns: an exact NSID, `app.bsky.*` for all below, `*` for everything. The dot before the star
 * counts: `foo.*` takes `foo.bar` and leaves `foobar` and `foo`.
 */
export function collectionFilter(patterns: readonly string[]): CollectionFilter {
  const all = patterns.includes('*')
  const exact = new Set(patterns)
  const prefixes = patterns.filter((pattern) => pattern.endsWith('.*')).map((pattern) => pattern.slice(0, -1))
  return (collection) =>
    all || prefixes.some((prefix) => collection.startsWith(prefix)) || exact.has(collection)
}
