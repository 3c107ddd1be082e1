import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { commands } from '../cli.ts'
import { faultOf, flagsOf, nameIn, variableFault } from './support/command-line.ts'

interface Service {
  readonly image: string
  readonly command?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly volumes?: readonly string[]
  readonly depends_on?: Readonly<Record<string, unknown>> | readonly string[]
  readonly ports?: readonly string[]
  readonly profiles?: readonly string[]
  readonly stop_grace_period?: string
}

const read = (path: string) => parse(readFileSync(path, 'utf8'), { merge: true })
const compose = read('deploy/compose.yaml') as {
  readonly services: Readonly<Record<string, Service>>
  readonly volumes: Readonly<Record<string, unknown>>
}
const services = Object.entries(compose.services)
const ours = services.filter(([, { image }]) => image === 'standpipe:latest')

/** As compose fills it in when nobody sets anything. */
const filled = (text: string) =>
  text.replaceAll(/\$\{\w+(?::-([^}]*)|:\?[^}]*)?\}/g, (_, value = 'x') => value)

describe('deploy/compose.yaml', () => {
  test('runs the whole pipeline and who watches it', () => {
    const pipeline = ['redis', 'postgres', 'ingest', 'index', 'ingest-repos', 'backfill', 'ledger']
    const watchers = ['standpipe-exporter', 'redis-exporter', 'prometheus', 'alertmanager', 'grafana']
    expect(services.map(([name]) => name)).toEqual([...pipeline, ...watchers])
    expect(ours.length).toBe(6)
  })

  test.each(ours)('%s runs a command that is there, with flags that it takes', (_, { command = [] }) => {
    expect(faultOf(command, commands)).toBeNull()
  })

  test.each(ours)(
    '%s sets variables that are known to values that are accepted',
    (_, { environment = {} }) => {
      const faults = Object.entries(environment).map(([name, value]) => variableFault(name, filled(value)))
      expect(faults.filter(Boolean)).toEqual([])
    },
  )

  test('control: a command, a flag, a variable and a value that are wrong are seen', () => {
    expect(faultOf(['digest'], commands)).toBe('no command "digest"')
    expect(faultOf(['ingest', '--relays', 'x'], commands)).toBe('ingest takes no --relays')
    expect(variableFault('STANDPIPE_RELAYS', 'x')).toBe('no variable STANDPIPE_RELAYS')
    expect(variableFault('STANDPIPE_HIGH_WATER', 'much')).toContain('refused')
  })

  test.each(ours)(
    '%s is given longer to stop than it takes to drain',
    (_, { stop_grace_period: grace = '' }) => {
      expect(Number.parseInt(grace, 10)).toBeGreaterThanOrEqual(20)
    },
  )

  test.each(services)(
    '%s waits for services that are there, and mounts files that are there',
    (name, service) => {
      const needs = service.depends_on ?? []
      const names = Array.isArray(needs) ? needs : Object.keys(needs)
      expect(names.filter((one) => !(one in compose.services))).toEqual([])
      const sources = (service.volumes ?? []).map((volume) => volume.split(':')[0] ?? '')
      for (const source of sources) {
        if (source.startsWith('.'))
          expect(existsSync(join('deploy', source)), `${name}: ${source}`).toBe(true)
        else expect(Object.keys(compose.volumes)).toContain(source)
      }
    },
  )

  test('is reachable from loopback only', () => {
    const ports = services.flatMap(([, service]) => service.ports ?? [])
    expect(ports.length).toBeGreaterThan(2)
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([])
  })

  test('backs whatever must outlive a container with a volume', () => {
    for (const name of ['redis', 'postgres']) {
      expect(compose.services[name]?.volumes?.some((volume) => volume.startsWith(`${name}:`))).toBe(true)
    }
  })

  test('holds no secret', () => {
    const text = readFileSync('deploy/compose.yaml', 'utf8')
    expect(text.match(/password: (?!\$\{)/gi)).toBeNull()
    expect(text).toContain('${POSTGRES_PASSWORD:?')
  })
})

describe('deploy/prometheus.yaml', () => {
  const prometheus = read('deploy/prometheus.yaml')
  const generated = read('monitoring/generated/prometheus.yaml')

  test('is the generated one, and the pipeline beside it', () => {
    const { scrape_configs: jobs, ...rest } = prometheus
    const { scrape_configs: generatedJobs, ...generatedRest } = generated
    expect(rest).toEqual(generatedRest)
    expect(jobs.slice(0, generatedJobs.length)).toEqual(generatedJobs)
  })

  test('scrapes services that are there and that serve metrics to others', () => {
    const targets = prometheus.scrape_configs.flatMap(
      (job: {
        static_configs?: { targets: string[] }[]
        dns_sd_configs?: { names: string[]; port: number }[]
      }) => [
        ...(job.static_configs ?? []).flatMap((one) => one.targets),
        ...(job.dns_sd_configs ?? []).flatMap(({ names, port }) => names.map((name) => `${name}:${port}`)),
      ],
    ) as string[]
    const hosts = targets.map((target) => target.split(':')[0] ?? '')
    expect(hosts.filter((host) => !(host in compose.services) && host !== '127.0.0.1')).toEqual([])
    for (const [name, { command = [] }] of ours) {
      expect(hosts).toContain(name)
      const run = commands.find((one) => one.name === nameIn(command))
      const flags = run ? flagsOf(run) : []
      expect(flags, name).toEqual(expect.arrayContaining(['metrics-port', 'metrics-host']))
    }
  })
})

describe('Dockerfile', () => {
  const lines = readFileSync('Dockerfile', 'utf8').split('\n')
  const copied = lines
    .filter((line) => line.startsWith('COPY ') && !line.includes('--from'))
    .flatMap((line) => line.split(' ').slice(1, -1))

  test('copies files that are there, and all that is packed', () => {
    expect(copied.filter((path) => !existsSync(path))).toEqual([])
    const { files } = JSON.parse(readFileSync('package.json', 'utf8')) as { files: string[] }
    const folders = files.filter((file) => /^\w+\/$/.test(file)).map((file) => file.slice(0, -1))
    expect(folders.length).toBeGreaterThan(5)
    expect(copied).toEqual(expect.arrayContaining(folders))
  })

  test('is not starved by .dockerignore', () => {
    const let_in = readFileSync('.dockerignore', 'utf8')
      .match(/^!.*$/gm)
      ?.map((line) => line.slice(1))
    expect(let_in?.toSorted()).toEqual([...new Set(copied)].toSorted())
  })

  test('does not run as root', () => {
    const last = lines.findLastIndex((line) => line.startsWith('USER '))
    expect(lines[last]).toBe('USER node')
    expect(last).toBeGreaterThan(lines.findLastIndex((line) => line.startsWith('COPY ')))
  })
})

describe('deploy/systemd', () => {
  const units = globSync('deploy/systemd/*.service')
  const valuesOf = (unit: string, key: string) =>
    [...readFileSync(unit, 'utf8').matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].map(([, value = '']) => value)

  test('has units', () => {
    expect(units.length).toBe(6)
  })

  test.each(units)('%s runs a command that is there, with flags that it takes', (unit) => {
    const [line = ''] = valuesOf(unit, 'ExecStart')
    const [binary, ...words] = line.split(' ')
    expect(basename(binary ?? '')).toBe('standpipe')
    expect(faultOf(words, commands)).toBeNull()
  })

  test.each(units)('%s drains, comes back after a failure, and is walled in', (unit) => {
    expect(Number(valuesOf(unit, 'TimeoutStopSec')[0])).toBeGreaterThanOrEqual(20)
    expect(valuesOf(unit, 'KillSignal')).toEqual(['SIGTERM'])
    expect(valuesOf(unit, 'Restart')).toEqual(['on-failure'])
    expect(valuesOf(unit, 'RestartPreventExitStatus')).toEqual(['3'])
    for (const wall of ['NoNewPrivileges', 'ProtectHome', 'PrivateTmp'])
      expect(valuesOf(unit, wall)).toEqual(['yes'])
  })

  test('serves metrics on ports of their own', () => {
    const ports = units.flatMap(
      (unit) => valuesOf(unit, 'ExecStart')[0]?.match(/--metrics-port (\d+)/)?.[1] ?? [],
    )
    expect(ports.length).toBeGreaterThan(4)
    expect(new Set(ports).size).toBe(ports.length)
  })

  test('sets variables that are known to values that are accepted', () => {
    const lines = readFileSync('deploy/systemd/standpipe.env.example', 'utf8').match(/^[A-Z].*$/gm) ?? []
    expect(lines.length).toBeGreaterThan(3)
    const faults = lines.map((line) =>
      variableFault(...(line.split(/=(.*)/s).slice(0, 2) as [string, string])),
    )
    expect(faults.filter(Boolean)).toEqual([])
  })
})
