import { variableOf } from '#kernel/config/setting.ts'
import type { SettingName } from '#kernel/config/settings.ts'
import type { Dialect } from '#pipeline/dialects/dialect.ts'
import type { Part, Variable } from './variable.ts'

export interface Asking {
  /** Which part of their system the command stands for. */
  readonly part: Exclude<Part, 'any'>
  /** The settings that the command takes. */
  readonly names: readonly SettingName[]
  /** Whether a setting is given by its flag or by its own variable: that counts for more. */
  readonly isGiven: (name: SettingName) => boolean
}

/** A value for a setting, and where it comes from; `from` is `null` for the dialect's own default. */
export interface FromDialect {
  readonly text: string
  readonly from: string | null
}

/** What the environment of another system comes to here. */
export interface ReadVariables {
  readonly values: ReadonlyMap<SettingName, FromDialect>
  /** One sentence for each of its variables that is set. Never a value: it may be a secret. */
  readonly remarks: readonly string[]
}

/** Reads the variables of the dialect's system that concern a command; of two for one setting the first counts. */
export function readVariables(
  { variables, defaults }: Dialect,
  asking: Asking,
  env: Readonly<Record<string, string | undefined>>,
): ReadVariables {
  const values = new Map<SettingName, FromDialect>()
  const remarks: string[] = []
  for (const variable of variables.known.filter((one) => concerns(one, asking))) {
    const text = env[variable.name]
    if (!text) continue
    const { name, sets, toOurs = (same) => same } = variable
    const winner = sets === null ? null : overrulerOf(sets, asking, values)
    remarks.push(remark(variable, winner))
    if (sets !== null && winner === null) values.set(sets, { text: toOurs(text), from: name })
  }
  for (const name of asking.names) {
    const text = defaults[name]
    if (text === undefined || overrulerOf(name, asking, values) !== null) continue
    values.set(name, { text, from: null })
  }
  return { values, remarks: [...remarks, ...unknownOnes(variables, asking, env)] }
}

function concerns({ part, sets }: Variable, { part: ours, names }: Asking): boolean {
  return (part === 'any' || part === ours) && (sets === null || names.includes(sets))
}

/** What gives the setting its value before the next one can; `null` when nothing does. */
function overrulerOf(
  name: SettingName,
  { isGiven }: Asking,
  values: ReadonlyMap<SettingName, FromDialect>,
): string | null {
  if (isGiven(name)) return `--${name} or ${variableOf(name)}`
  return values.get(name)?.from ?? null
}

function remark({ name, sets, says }: Variable, winner: string | null): string {
  if (sets === null) return `${name} is not honoured: ${says ?? 'it has no meaning here'}`
  if (winner !== null) return `${name} is overruled by ${winner}`
  return `${name} is honoured as --${sets}${says === null ? '' : `: ${says}`}`
}

function unknownOnes(
  { known, prefixes }: Dialect['variables'],
  { part: ours }: Asking,
  env: Readonly<Record<string, string | undefined>>,
): string[] {
  const names = new Set(known.map(({ name }) => name))
  const mayConcern = prefixes.filter(({ part }) => part === 'any' || part === ours)
  return Object.keys(env)
    .filter((name) => !names.has(name) && mayConcern.some(({ prefix }) => name.startsWith(prefix)))
    .toSorted()
    .map((name) => `${name} is not honoured: nobody here knows it`)
}
