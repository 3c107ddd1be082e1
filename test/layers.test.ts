import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'
import { BINDING_FILES, LAYERS, OPEN_FILES } from '../layers.ts'

interface Import {
  readonly from: string
  readonly to: string
}

const files = globSync('**/*.ts', {
  exclude: (name) => /node_modules|\.tools|reports\/out/.test(String(name)),
}).sort()
const imports = files.flatMap(importsOf)
const code = imports.filter(
  ({ from }) => !from.startsWith('test/') && !from.endsWith('.test.ts') && !OPEN_FILES.includes(from),
)

function importsOf(from: string): Import[] {
  const text = readFileSync(from, 'utf8')
  const specifiers = [
    ...text.matchAll(/^(?:import|export)\s+(?:[^'"]*?\sfrom\s+)?['"]([#.][^'"]+)['"]/gms),
  ].map((match) => match[1] ?? '')
  return specifiers.map((specifier) => ({
    from,
    to: specifier.startsWith('#') ? specifier.slice(1) : normalize(join(dirname(from), specifier)),
  }))
}

const areaOf = (file: string) => file.split('/')[0] ?? ''

const lawful = ({ from, to }: Import): boolean => {
  const area = areaOf(from)
  if (areaOf(to) === area) return true
  const layer = LAYERS.find((one) => one.area === area)
  const allowed = [...(layer?.mayImport ?? []), ...(BINDING_FILES.test(from) ? ['reports'] : [])]
  return allowed.some((path) => to === path || to.startsWith(`${path}/`))
}

test('there are files and imports to look at', () => {
  expect(files.length).toBeGreaterThan(30)
  expect(code.length).toBeGreaterThan(30)
})

test('every area imports only what the law allows', () => {
  expect(code.filter((one) => !lawful(one))).toEqual([])
})

test('an import against the law would be seen', () => {
  expect(lawful({ from: 'audit/check.ts', to: 'pipeline/consume/consumer.ts' })).toBe(false)
  expect(lawful({ from: 'audit/check.ts', to: 'pipeline/contract.ts' })).toBe(true)
})

test('every folder with code in it has a layer', () => {
  const areas = new Set(files.filter((file) => file.includes('/')).map(areaOf))
  areas.delete('test')
  expect([...areas].filter((area) => !LAYERS.some((one) => one.area === area))).toEqual([])
})

test('no file imports itself through others', () => {
  const edges = Map.groupBy(code, ({ from }) => from)
  const done = new Set<string>()
  const cycles: string[][] = []
  const visit = (file: string, path: string[]): void => {
    if (path.includes(file)) {
      cycles.push([...path.slice(path.indexOf(file)), file])
      return
    }
    if (done.has(file)) return
    for (const { to } of edges.get(file) ?? []) visit(to, [...path, file])
    done.add(file)
  }
  for (const file of edges.keys()) visit(file, [])
  expect(cycles).toEqual([])
})
