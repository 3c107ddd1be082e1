import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { answerJson } from './hosts/http-host.ts'
import { EMPTY_DIRECTORY, type RelayDirectory } from './relay-directory.ts'

/** A status that stands in for an answer; `retryAfter` in seconds goes with a 429 or 503. */
export interface Refusal {
  readonly status: number
  readonly retryAfter?: number
}

export interface RelayServerOptions {
  /** 0 picks a free one. */
  readonly port: number
  /** Nobody's repos without one. */
  readonly directory: RelayDirectory | undefined
  /** Who takes the connections of a stream, by the name of its method. */
  readonly streams: Readonly<Record<string, (ws: WebSocket, socket: Socket, cursor: string | null) => void>>
}

/**
 * The relay's port: streams over WebSockets, everything else over HTTP. `POST /refuse?status=429&times=3&retryAfter=2`
 * orders refusals from outside.
 */
export interface RelayServer extends AsyncDisposable {
  readonly port: number
  /** Answers the next requests by these, one each, streams and others alike. */
  refuse(...refusals: readonly Refusal[]): void
}

const XRPC = '/xrpc/'

export async function startRelayServer({
  port,
  directory = EMPTY_DIRECTORY,
  streams,
}: RelayServerOptions): Promise<RelayServer> {
  const refusals: Refusal[] = []
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://relay')
    if (request.method === 'POST' && url.pathname === '/refuse') {
      return takeOrder(url.searchParams, response, (ordered) => refusals.push(...ordered))
    }
    const refusal = refusals.shift()
    if (refusal) return refuse(response, refusal)
    answer(url, response, directory)
  })
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'ws://relay')
    const take = pathname.startsWith(XRPC) ? streams[pathname.slice(XRPC.length)] : undefined
    const refusal = refusals.shift() ?? (take ? undefined : { status: 404 })
    if (refusal || !take) return refuseUpgrade(socket, refusal ?? { status: 404 })
    sockets.handleUpgrade(request, socket, head, (ws) => take(ws, socket, searchParams.get('cursor')))
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    refuse: (...more) => void refusals.push(...more),
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      for (const client of sockets.clients) client.terminate()
      server.closeAllConnections()
      await closed
    },
  }
}

function answer(
  { pathname, search, searchParams }: URL,
  response: ServerResponse,
  directory: RelayDirectory,
): void {
  switch (pathname) {
    case '/xrpc/com.atproto.sync.listRepos':
      return listRepos(searchParams, response, directory)
    case '/xrpc/com.atproto.sync.getRepo': {
      const did = searchParams.get('did') ?? ''
      const host = directory.hostOf(did)
      if (host) return void response.writeHead(302, { location: `${host}${pathname}${search}` }).end()
      return answerJson(response, 404, {
        error: 'RepoNotFound',
        message: `could not find repo for DID: ${did}`,
      })
    }
    case '/xrpc/_health':
      return answerJson(response, 200, { status: 'ok' })
    default:
      return answerJson(response, 404, { error: 'MethodNotImplemented', message: `no method at ${pathname}` })
  }
}

/** https://atproto.com/lexicons: `limit` is 1 to 1000, 500 unless said; `cursor` is ours to choose. */
function listRepos(query: URLSearchParams, response: ServerResponse, directory: RelayDirectory): void {
  const from = Number(query.get('cursor') ?? 0)
  const limit = Number(query.get('limit') ?? 500)
  if (!Number.isSafeInteger(from) || from < 0 || !Number.isInteger(limit) || limit < 1 || limit > 1_000) {
    return answerJson(response, 400, {
      error: 'InvalidRequest',
      message: 'expected limit 1 to 1000 and a cursor of ours',
    })
  }
  const found = directory.list(from, limit + 1)
  const repos = found.slice(0, limit)
  return answerJson(response, 200, {
    ...(found.length > limit ? { cursor: String(from + limit) } : {}),
    repos,
  })
}

const MOST_REFUSALS = 10_000

function takeOrder(
  query: URLSearchParams,
  response: ServerResponse,
  order: (refusals: readonly Refusal[]) => void,
): void {
  const [status, times] = [Number(query.get('status')), Number(query.get('times') ?? 1)]
  const retryAfter = query.has('retryAfter') ? { retryAfter: Number(query.get('retryAfter')) } : {}
  const inRange = status >= 400 && status <= 599 && times >= 1 && times <= MOST_REFUSALS
  if (
    !inRange ||
    !Number.isInteger(status) ||
    !Number.isInteger(times) ||
    Number.isNaN(retryAfter.retryAfter)
  ) {
    return answerJson(response, 400, {
      error: 'InvalidRequest',
      message: `expected status 400 to 599, times 1 to ${MOST_REFUSALS}, retryAfter in seconds`,
    })
  }
  order(Array.from({ length: times }, () => ({ status, ...retryAfter })))
  return answerJson(response, 200, { refusing: times })
}

function refuse(response: ServerResponse, { status, retryAfter }: Refusal): void {
  if (retryAfter !== undefined) response.setHeader('retry-after', String(retryAfter))
  answerJson(response, status, {
    error: status === 429 ? 'RateLimitExceeded' : 'InternalServerError',
    message: 'as told',
  })
}

function refuseUpgrade(socket: Socket, { status, retryAfter }: Refusal): void {
  const wait = retryAfter === undefined ? '' : `retry-after: ${retryAfter}\r\n`
  socket.end(`HTTP/1.1 ${status} Refused\r\n${wait}connection: close\r\ncontent-length: 0\r\n\r\n`)
}
