import type { SettingName } from '#kernel/config/settings.ts'

/** The part of a system that reads a variable; `any` is every part. */
export type Part = 'any' | 'ingest' | 'labels' | 'index' | 'backfill' | 'repos'

/** An environment variable of another system, and what it means to us. */
export interface Variable {
  readonly name: string
  readonly part: Part
  /** The setting that it gives a value to; `null` when it is not honoured. */
  readonly sets: SettingName | null
  /** From their way of writing a value to ours; absent when both are the same. */
  readonly toOurs?: (text: string) => string
  /** Why it is not honoured, or in what it differs when it is; `null` when there is nothing to say. */
  readonly says: string | null
}

export interface SystemVariables {
  readonly known: readonly Variable[]
  /** Beginnings of names that belong to that system: what begins so and is not known is told. */
  readonly prefixes: readonly { readonly prefix: string; readonly part: Part }[]
}

type Difference = { readonly toOurs?: (text: string) => string; readonly says?: string }

export function honoured(
  part: Part,
  name: string,
  sets: SettingName,
  { toOurs, says }: Difference = {},
): Variable {
  return { name, part, sets, says: says ?? null, ...(toOurs ? { toOurs } : {}) }
}

export function notHonoured(part: Part, name: string, says: string): Variable {
  return { name, part, sets: null, says }
}
