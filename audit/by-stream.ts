/** Evidence by the name of its stream, so that many streams are looked up at once. */
export function byStream<Item extends { readonly stream: string }>(
  items: readonly Item[] | null,
): ReadonlyMap<string, Item> {
  return new Map((items ?? []).map((item) => [item.stream, item]))
}
