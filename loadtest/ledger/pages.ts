/** Rows that come in pages, so that millions of them never lie in memory at once. */
export type Pages<Row> = AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>

/** No rows at all. */
export const NO_PAGES: Pages<never> = []
