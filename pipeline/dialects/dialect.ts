import type { SettingName } from '#kernel/config/settings.ts'
import type { LabelCodec } from './label-codec.ts'
import type { Lack } from './lack.ts'
import type { Reading } from './reading.ts'
import type { SystemVariables } from './variables/variable.ts'

export const DIALECT_NAMES = ['divy', 'rsky', 'publicappview'] as const

export type DialectName = (typeof DIALECT_NAMES)[number]

/**
 * How one system lays events into Redis: names, fields, JSON. With it, a producer or a consumer of that system can
 * be replaced while the other one stays as it is.
 */
export interface Dialect {
  readonly name: DialectName
  /** What every entry of events has, in the order in which it is written. */
  readonly fields: readonly [string, ...string[]]
  /** Where that system keeps what; `null` where it has no such stream. */
  readonly streams: {
    readonly live: string
    readonly backfill: string | null
    readonly repos: string | null
    readonly labels: string | null
  }
  readonly groups: { readonly live: string; readonly repos: string | null; readonly labels: string | null }
  /** `null` where labels are not carried. */
  readonly labels: LabelCodec | null
  /**
   * Keys, other than ours, under which that system may have stored how far it heard `host`, which may be written
   * with its scheme. One alone is the only place where it looks.
   */
  readonly cursorKeys: (stream: string, host: string) => readonly string[]
  /** Sequences that its cursor may promise too early: how far to step back when taking over. */
  readonly cursorRewind: number
  /**
   * The values of the entries that one frame becomes, in the order of `fields`; none when there is nothing to
   * write. `texts` are its events as `StreamEvent` in JSON, `now` is our clock in milliseconds since the epoch.
   * May throw `RangeError` for records nested too deep.
   */
  readonly encode: (texts: readonly string[], now: number) => readonly string[]
  /** Reads the fields of an entry, names and values in turn. Never throws. */
  readonly decode: (id: string, fields: readonly string[]) => Reading
  /** What an event does not come back with once it was written in this dialect. */
  readonly lacks: readonly Lack[]
  /** Whether consumers of that system remove what they have acknowledged. */
  readonly consumersRemove: boolean
  /** Settings whose default is another one for whoever works with that system. */
  readonly defaults: Partial<Readonly<Record<SettingName, string>>>
  readonly variables: SystemVariables
}
