import { variableOf } from '#kernel/config/setting.ts'
import type { Catalogue } from '../catalogue.ts'
import { code, toTable } from '../table.ts'

/** Every setting: its flag, its variable, its default, and the commands that take it. */
export function renderSettings({ settings }: Catalogue): string {
  return toTable(
    ['Flag', 'Variable', 'Default', 'What it is', 'Taken by'],
    settings.map(({ name, default: fallback, describe, secret, usedBy }) => [
      code(`--${name}`),
      code(variableOf(name)),
      fallback === undefined ? '' : code(fallback),
      secret ? `${describe}. A secret: never shown` : describe,
      usedBy.join(', '),
    ]),
  )
}
