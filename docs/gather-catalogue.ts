import { globSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { alerts } from '#alerts/rules/index.ts'
import { checks } from '#audit/checks/index.ts'
import { drills } from '#chaos/drills/index.ts'
import type { Command } from '#kernel/cli/command.ts'
import type { Setting } from '#kernel/config/setting.ts'
import { SETTINGS } from '#kernel/config/settings.ts'
import { CATALOGUE } from '#monitoring/metrics/catalogue.ts'
import { LAYERS } from '../layers.ts'
import type { Catalogue, NumberedScript, UsedSetting } from './catalogue.ts'
import { flagsOf } from './flags-of.ts'

/** Collects what is declared. The numbered scripts are found by their file names and imported. */
export async function gatherCatalogue(root: string, commands: readonly Command[]): Promise<Catalogue> {
  return {
    commands,
    scripts: await numberedScripts(root),
    settings: settingsUsedBy(commands),
    checks,
    drills,
    alerts,
    metrics: CATALOGUE,
    layers: LAYERS,
  }
}

async function numberedScripts(root: string): Promise<NumberedScript[]> {
  const paths = globSync('*/[0-9][0-9]-*.ts', { cwd: root }).filter((path) => !path.endsWith('.test.ts'))
  const scripts = paths.map(async (path) => {
    const { command } = (await import(pathToFileURL(resolve(root, path)).href)) as { command: Command }
    return { number: basename(path).slice(0, 2), path, command }
  })
  return (await Promise.all(scripts)).toSorted((a, b) => a.number.localeCompare(b.number))
}

function settingsUsedBy(commands: readonly Command[]): UsedSetting[] {
  const flags = commands.map((command) => ({ name: command.name, takes: new Set(flagsOf(command)) }))
  return Object.entries<Setting>(SETTINGS)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, setting]) => ({
      ...setting,
      name,
      usedBy: flags.filter(({ takes }) => takes.has(name)).map((one) => one.name),
    }))
}
