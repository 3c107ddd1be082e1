import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { kebab } from '#alerts/links.ts'
import { alerts } from '#alerts/rules/index.ts'
import { drills } from '#chaos/drills/index.ts'
import { flagsOf } from '#docs/flags-of.ts'
import { gatherCatalogue } from '#docs/gather-catalogue.ts'
import { idsIn } from '#kernel/catalogue/expected-indexes.ts'
import { REGISTRIES } from '#kernel/catalogue/registry.ts'
import { renderIndex } from '#kernel/catalogue/render-index.ts'
import { DASHBOARDS } from '#monitoring/generated-files.ts'
import { cataloguedAs } from '#monitoring/metrics/catalogue.ts'
import { metricNamesIn } from '#monitoring/metrics/metric-names-in.ts'
import { commands } from '../cli.ts'

interface Declaration {
  readonly id?: string
  readonly name?: string
}

const { settings, scripts } = await gatherCatalogue('.', commands)
const registries = REGISTRIES.filter(({ folder }) => existsSync(folder) && idsIn(folder).length > 0)

const pages = globSync(['*.md', 'docs/**/*.md', 'runbooks/*.md'])

/** What a reader may copy into a terminal: `standpipe` with a word behind it, in code. */
function commandLinesIn(text: string): string[] {
  return [...text.matchAll(/(?:^|[`$] ?)(standpipe [a-z][^`|\n]*)/gm)].map(([, line]) => (line ?? '').trim())
}

/** The command, if there is none of that name, else the flags that it does not take. */
function misspeltIn(line: string): string[] {
  const said = line.slice('standpipe '.length)
  const command = commands.find(({ name }) => said === name || said.startsWith(`${name} `))
  if (!command) return [said.split(' ')[0] ?? '']
  const known = [...flagsOf(command), 'help', 'version']
  return [...said.matchAll(/(?<=\s)--([a-z-]+)/g)]
    .filter(([, flag]) => !known.includes(flag ?? ''))
    .map(([flag]) => flag)
}

/** An alert is named in CamelCase, as Prometheus wants it; everything else by its id. */
const idOf = ({ id, name = '' }: Declaration): string => id ?? kebab(name)

test('checks, drills and alerts are declared', () => {
  const folders = registries.map(({ folder }) => folder)
  expect(folders).toEqual(expect.arrayContaining(['audit/checks', 'chaos/drills', 'alerts/rules']))
})

describe.each(registries)('$folder', (registry) => {
  const ids = idsIn(registry.folder)

  test.each(ids)('%s is declared in a file of that name', async (id) => {
    const module = (await import(resolve(registry.folder, `${id}.ts`))) as { default: Declaration }
    expect(idOf(module.default)).toBe(id)
  })

  test('registers every file', async () => {
    const index = (await import(resolve(registry.folder, 'index.ts'))) as Record<
      string,
      readonly Declaration[]
    >
    expect(index[registry.list]?.map(idOf)).toEqual(ids)
  })

  test('would not be level with its files if one were left out', () => {
    expect(renderIndex(registry, ids.slice(1))).not.toBe(readFileSync(`${registry.folder}/index.ts`, 'utf8'))
  })
})

describe('alerts', () => {
  test.each(alerts)('$name has a runbook with the four headings', ({ name }) => {
    const runbook = readFileSync(`runbooks/${kebab(name)}.md`, 'utf8')
    const headings = [...runbook.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)
    expect(headings).toEqual(['Meaning', 'Impact', 'Diagnosis', 'Mitigation'])
  })

  test.each(alerts)('$name leads to a dashboard that there is', ({ dashboard }) => {
    expect(DASHBOARDS.map(({ uid }) => uid)).toContain(dashboard)
  })

  test.each(alerts)('$name reads catalogued metrics only', ({ expr }) => {
    const read = metricNamesIn(expr)
    expect(read).not.toEqual([])
    expect(read.filter((name) => cataloguedAs(name).length === 0)).toEqual([])
  })
})

describe('drills', () => {
  const rehearsed = drills.flatMap(({ expectAlerts }) => expectAlerts)

  test.each(alerts)('$name is expected by a drill, or says why not', ({ name, unrehearsed }) => {
    expect(rehearsed.includes(name) ? 'rehearsed' : unrehearsed).toBeTruthy()
    expect(rehearsed.includes(name) && unrehearsed !== undefined).toBe(false)
  })

  test.each(drills)('$id expects alerts that are declared', ({ expectAlerts }) => {
    const declared = alerts.map(({ name }) => name)
    expect(expectAlerts.filter((name) => !declared.includes(name))).toEqual([])
  })

  test.each(drills)('$id injures something, says what to hold it to and what answers', (drill) => {
    expect(drill.faults).not.toEqual([])
    expect(drill.hypothesis).not.toBe('')
    expect(existsSync(`runbooks/${drill.runbook}.md`)).toBe(true)
    expect(drill.expectAlerts.map(kebab)).toEqual(
      drill.expectAlerts.length > 0 ? expect.arrayContaining([drill.runbook]) : [],
    )
  })

  test('some page somebody', () => {
    expect(rehearsed).not.toEqual([])
  })
})

describe('settings', () => {
  test.each(settings)('--$name is taken by a command', ({ usedBy }) => {
    expect(usedBy).not.toEqual([])
  })

  test('are in the order of the alphabet', () => {
    const names = settings.map(({ name }) => name)
    expect(names).toEqual(names.toSorted())
  })
})

describe('commands', () => {
  const readme = readFileSync('README.md', 'utf8')

  test('have names of their own', () => {
    expect(commands.length).toBeGreaterThan(5)
    expect(new Set(commands.map(({ name }) => name)).size).toBe(commands.length)
  })

  test.each(commands)('$name is in the README, with one line and an example', (command) => {
    const { name, describe: line, examples } = command
    expect(readme).toContain(`\`standpipe ${name}\``)
    expect(line).toMatch(/^[A-Z].*[^.]$/)
    expect(
      examples.map(([example]) => example).filter((one) => !one.startsWith(`standpipe ${name}`)),
    ).toEqual([])
    expect(examples).not.toEqual([])
  })
})

describe('numbered scripts', () => {
  test('have numbers of their own', () => {
    const numbers = scripts.map(({ number }) => number)
    expect(numbers).not.toEqual([])
    expect(new Set(numbers).size).toBe(numbers.length)
  })

  test.each(scripts)(
    '$path is a command too, and says in its first line what it does',
    ({ path, command }) => {
      expect(commands).toContain(command)
      expect(readFileSync(path, 'utf8')).toMatch(/^\/\*\* [A-Z]/)
    },
  )
})

describe('command lines', () => {
  const shown = [
    ...pages.flatMap((page) => commandLinesIn(readFileSync(page, 'utf8'))),
    ...commands.flatMap(({ examples }) => examples.flatMap(([line]) => commandLinesIn(line))),
  ]

  test('are shown to people', () => {
    expect(shown.length).toBeGreaterThan(20)
  })

  test.each([...new Set(shown)])('%s names a command and flags that there are', (line) => {
    expect(misspeltIn(line)).toEqual([])
  })

  test('with a command or a flag that there is not would be seen', () => {
    expect(misspeltIn('standpipe audti --redis-url x')).toEqual(['audti'])
    expect(misspeltIn('standpipe audit --redis-uri x')).toEqual(['--redis-uri'])
  })
})

describe('pages', () => {
  test('are there', () => {
    expect(pages.length).toBeGreaterThan(5)
  })

  test.each(pages)('%s links to files that are there', (page) => {
    const links = [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)]
    const broken = links
      .map(([, link]) => join(dirname(page), link ?? ''))
      .filter((path) => !existsSync(path))
    expect(broken).toEqual([])
  })

  test('among the runbooks each answers something', () => {
    const answers = alerts.map(({ name }) => kebab(name))
    const runbooks = readdirSync('runbooks').filter((name) => name.endsWith('.md'))
    expect(runbooks.map((name) => basename(name, '.md')).filter((name) => !answers.includes(name))).toEqual(
      [],
    )
  })
})
