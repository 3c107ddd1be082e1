import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { monitoringFiles } from './generated-files.ts'

interface Service {
  readonly command?: string | readonly string[]
  readonly volumes?: readonly string[]
  readonly ports?: readonly string[]
}

const textOf = (name: string) => monitoringFiles().find(({ path }) => path.endsWith(name))?.text ?? ''
const { services } = parse(textOf('compose.yaml')) as { services: Readonly<Record<string, Service>> }
const prometheus = parse(textOf('generated/prometheus.yaml')) as {
  scrape_configs: { static_configs: { targets: string[] }[] }[]
}

test('the stack has all its parts', () => {
  expect(Object.keys(services)).toEqual([
    'redis',
    'redis-exporter',
    'standpipe-exporter',
    'prometheus',
    'alertmanager',
    'grafana',
  ])
})

test('every file that a container is given is in the repository', () => {
  const sources = Object.values(services)
    .flatMap(({ volumes = [] }) => volumes)
    .map((volume) => volume.split(':')[0] ?? '')
    .filter((source) => source.startsWith('.'))
  expect(sources.length).toBeGreaterThan(5)
  expect(sources.filter((source) => !existsSync(join('monitoring/generated', source)))).toEqual([])
})

test('no port is open to anybody but this host', () => {
  const ports = Object.values(services).flatMap((service) => service.ports ?? [])
  expect(ports.length).toBeGreaterThan(0)
  expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([])
})

test('Prometheus scrapes services of the stack, and itself', () => {
  const hosts = prometheus.scrape_configs
    .flatMap((job) => job.static_configs.flatMap(({ targets }) => targets))
    .map((target) => target.split(':')[0] ?? '')
  expect(hosts).toContain('standpipe-exporter')
  expect(hosts.filter((host) => host !== '127.0.0.1' && !(host in services))).toEqual([])
})

test('its Redis cannot evict the stream', () => {
  expect(services['redis']?.command).toContain('--maxmemory-policy noeviction')
})
