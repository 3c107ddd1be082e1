import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server on loopback, until it is disposed of. */
export interface HttpHost extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, without a trailing slash. */
  readonly url: string
  /** Requests since it started. */
  readonly requests: number
  /** Most requests that were under way at once. */
  readonly busiest: number
}

export type Answer = (url: URL, response: ServerResponse, request: IncomingMessage) => void | Promise<void>

/** Answers on a free port of 127.0.0.1. A fault in `answer` ends the connection, not the server. */
export async function startHttpHost(answer: Answer): Promise<HttpHost> {
  let requests = 0
  let underWay = 0
  let busiest = 0
  const server = createServer((request, response) => {
    requests += 1
    underWay += 1
    busiest = Math.max(busiest, underWay)
    response.once('close', () => {
      underWay -= 1
    })
    const url = new URL(request.url ?? '/', 'http://localhost')
    void (async () => answer(url, response, request))().catch((error: Error) => response.destroy(error))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get requests() {
      return requests
    },
    get busiest() {
      return busiest
    },
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
