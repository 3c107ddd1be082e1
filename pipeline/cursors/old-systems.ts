import { cursorKey } from '#pipeline/contract.ts'
import { PYTHON_CURSOR_KEY, parseSequence, type StoredCursor } from './stored-cursor.ts'

/** A system from which a deployment may come, and what its cursor is worth. */
export interface OldSystem {
  /**
   * How many sequences to step back, so that what its cursor promised too early is asked for again. Its events that
   * are in the stream come a second time.
   */
  readonly rewind: number
  readonly because: string
  /** The relay of a cursor that does not say it; `null` when it always does. */
  readonly defaultHost: string | null
  /** Whether this is one of its cursors, for this stream. */
  owns(cursor: StoredCursor, stream: string): boolean
}

/** Python's consumer reads RELAY_URL and does not use it: its cursor is always of this relay. */
const PYTHON_HOST = 'bsky.network'

const hasScheme = (host: string | null): boolean => /^[a-z]+:\/\//i.test(host ?? '')

export const OLD_SYSTEMS = {
  divy: {
    rewind: 0,
    defaultHost: null,
    because: 'its cursor is the last commit of a batch, under the key that we read as well',
    owns: ({ stream, host }, wanted) => stream === wanted && !hasScheme(host),
  },
  rsky: {
    rewind: 1,
    defaultHost: null,
    because: 'its batches may end inside a commit, whose rest is then missing',
    owns: ({ stream, host }, wanted) => stream === wanted && hasScheme(host),
  },
  publicappview: {
    rewind: 1_000,
    defaultHost: PYTHON_HOST,
    because: 'it stores its cursor before the entry, so the last ones may be missing',
    owns: ({ key }) => key === PYTHON_CURSOR_KEY,
  },
} satisfies Record<string, OldSystem>

export type OldSystemName = keyof typeof OLD_SYSTEMS

/** A cursor of an old system, and where it goes. */
export interface Import {
  /** The keys it was read from; none when an operator typed the value. */
  readonly keys: readonly string[]
  readonly value: number
  readonly target: string
}

/**
 * What is there to import, one per relay. Where a relay has several cursors, with and without its scheme, the
 * lowest counts: a replay can be borne, a loss cannot. What is under our own key already needs no import.
 */
export function findImports(
  system: OldSystem,
  cursors: readonly StoredCursor[],
  { stream, host }: { readonly stream: string; readonly host: string | undefined },
): Import[] {
  const found = cursors.flatMap((cursor) => {
    const value = parseSequence(cursor.value)
    const target = cursorKey(stream, cursor.host ?? system.defaultHost ?? '')
    const isMeant = host === undefined || target === cursorKey(stream, host)
    return value !== null && isMeant && target !== cursor.key && system.owns(cursor, stream)
      ? [{ key: cursor.key, value, target }]
      : []
  })
  return [...Map.groupBy(found, ({ target }) => target)].map(([target, same]) => ({
    target,
    keys: same.map(({ key }) => key),
    value: Math.min(...same.map(({ value }) => value)),
  }))
}
