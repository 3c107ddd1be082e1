import type { Argv } from 'yargs'
import { environment } from '#kernel/config/env.ts'
import { type Setting, variableOf } from '#kernel/config/setting.ts'
import { SETTINGS, type SettingName, type SettingValue } from '#kernel/config/settings.ts'
import { withSettings } from '#kernel/config/with-settings.ts'
import { UsageError } from '#kernel/errors.ts'
import { DIALECTS } from '#pipeline/dialects/dialects.ts'
import { type FromDialect, readVariables } from './read-variables.ts'
import type { Part } from './variable.ts'

/** What `withDialect` adds beside the settings: sentences about the variables of the chosen dialect's system. */
export interface DialectRemarks {
  readonly dialectRemarks: readonly string[]
}

type OwnPart = Exclude<Part, 'any'>

type Values<Name extends SettingName> = { [N in Name]: SettingValue<N> }

/**
 * Adds the named settings and the choice of a dialect. A flag wins over our environment variable, which wins over a
 * variable of the dialect's system, which wins over the default. A flag without a value leaves it to what comes behind it.
 * `part` may follow from the other flags. Throws `UsageError` on a value that makes no sense.
 */
export function withDialect<Args, Name extends SettingName>(
  yargs: Argv<Args>,
  part: OwnPart | ((argv: Readonly<Record<string, unknown>>) => OwnPart),
  names: readonly Name[],
  env: Readonly<Record<string, string | undefined>> = environment(),
): Argv<Args & Values<Name | 'dialect'> & DialectRemarks> {
  const grown = withSettings(yargs, ['dialect', ...names], env)
  const fill = (argv: Record<string, unknown>) => {
    const { defaulted } = grown.parsed as unknown as { defaulted: Readonly<Record<string, true>> }
    const isGiven = (name: SettingName) =>
      env[variableOf(name)] !== undefined || (name in argv && !defaulted[name] && argv[name] !== '')
    const dialect = DIALECTS[argv['dialect'] as SettingValue<'dialect'>]
    const own = typeof part === 'function' ? part(argv) : part
    const { values, remarks } = readVariables(dialect, { part: own, names, isGiven }, env)
    for (const [name, value] of values) argv[name] = argv[camelCased(name)] = parse(name, value)
    argv['dialectRemarks'] = remarks.map((remark) => `${dialect.name}: ${remark}`)
  }
  grown.middleware(fill as Parameters<typeof grown.middleware>[0])
  return grown as unknown as Argv<Args & Values<Name | 'dialect'> & DialectRemarks>
}

function parse(name: SettingName, { text, from }: FromDialect): unknown {
  const { schema, secret }: Setting = SETTINGS[name]
  const result = schema.safeParse(text)
  if (result.success) return result.data
  const shown = secret ? '***' : text
  const reason = result.error.issues[0]?.message ?? 'not understood'
  throw new UsageError(`${from ?? name} "${shown}": ${reason}`)
}

function camelCased(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
}
