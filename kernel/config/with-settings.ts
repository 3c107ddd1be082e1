import type { Argv } from 'yargs'
import { UsageError } from '#kernel/errors.ts'
import { environment } from './env.ts'
import { type Setting, variableOf } from './setting.ts'
import { SETTINGS, type SettingName, type SettingValue } from './settings.ts'

type Values<Name extends SettingName> = { [N in Name]: SettingValue<N> }

/** Adds the named settings as flags: a flag wins over its environment variable, which wins over the default. */
export function withSettings<Args, Name extends SettingName>(
  yargs: Argv<Args>,
  names: readonly Name[],
  env: Readonly<Record<string, string | undefined>> = environment(),
): Argv<Args & Values<Name>> {
  let grown: Argv = yargs
  for (const name of names) grown = withSetting(grown, name, SETTINGS[name], env[variableOf(name)])
  return grown as Argv<Args & Values<Name>>
}

function withSetting(yargs: Argv, name: string, setting: Setting, fromEnvironment: string | undefined): Argv {
  const fallback = fromEnvironment ?? setting.default
  return yargs.option(name, {
    type: 'string',
    describe: setting.describe,
    requiresArg: !setting.bare,
    ...(fallback === undefined ? {} : { default: fallback }),
    ...(setting.secret && fromEnvironment ? { defaultDescription: `from ${variableOf(name)}` } : {}),
    coerce: (text: string | undefined) => parse(name, setting, text),
  })
}

function parse(name: string, setting: Setting, text: string | undefined): unknown {
  const result = setting.schema.safeParse(text)
  if (result.success) return result.data
  const shown = setting.secret ? '***' : text
  throw new UsageError(`--${name} "${shown}": ${result.error.issues[0]?.message ?? 'not understood'}`)
}
