import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DependencyError } from '#kernel/errors.ts'
import { gatherReadiness, isReady, type ReadinessProbe } from './readiness.ts'

/** What `/metrics` answers with, asked anew at every scrape; a registry of prom-client is one. */
export interface MetricsSource {
  readonly contentType: string
  metrics(): Promise<string>
}

export interface ServeOptions {
  /** 0 picks a free one. */
  readonly port: number
  /** Loopback unless said otherwise: metrics name streams, groups and hosts. */
  readonly host?: string
  readonly registry: MetricsSource
  readonly probes: readonly ReadinessProbe[]
}

/** What a process tells the world about itself, until it is disposed of. */
export interface Served extends AsyncDisposable {
  /** `http://HOST:PORT`, without a trailing slash. */
  readonly url: string
}

/**
 * Serves `/metrics` (Prometheus text), `/healthz` (200 while the event loop turns) and `/readyz` (200 or 503
 * with one reason per probe). Throws `DependencyError` when the port is taken.
 */
export async function serve({ port, host = '127.0.0.1', registry, probes }: ServeOptions): Promise<Served> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    answer(path, response, registry, probes).catch((error: Error) => {
      send(response, 500, 'text/plain', `${error.message}\n`)
    })
  })
  await listen(server, port, host)
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

async function listen(server: Server, port: number, host: string): Promise<void> {
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (error) {
    throw new DependencyError(
      `cannot listen on port ${port} of ${host}: ${(error as Error).message}; choose another --metrics-port`,
      { cause: error },
    )
  }
}

async function answer(
  path: string,
  response: ServerResponse,
  registry: MetricsSource,
  probes: readonly ReadinessProbe[],
): Promise<void> {
  switch (path) {
    case '/metrics':
      return send(response, 200, registry.contentType, await registry.metrics())
    case '/healthz':
      return send(response, 200, 'application/json', JSON.stringify({ healthy: true }))
    case '/readyz': {
      const readiness = await gatherReadiness(probes)
      const ready = isReady(readiness)
      return send(
        response,
        ready ? 200 : 503,
        'application/json',
        JSON.stringify({ ready, probes: readiness }),
      )
    }
    default:
      return send(response, 404, 'text/plain', 'try /metrics, /healthz or /readyz\n')
  }
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type }).end(body)
}
