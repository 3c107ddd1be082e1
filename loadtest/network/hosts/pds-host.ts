import type { ServerResponse } from 'node:http'
import { answerJson, type HttpHost, startHttpHost } from './http-host.ts'
import { CAR_TYPE, type Misbehaviour } from './misbehaviour.ts'
import type { ServedRepo } from './served-repo.ts'

/** A personal data server on loopback. */
export interface PdsHost extends HttpHost {
  add(repo: ServedRepo): void
  remove(did: string): void
  /** What the next requests for this repo get, one each; then it is served again. */
  fail(did: string, ...how: readonly Misbehaviour[]): void
  /** What every request for this repo gets from now on. */
  failAlways(did: string, how: Misbehaviour): void
}

export interface PdsHostOptions {
  /** In which order repos are written into their files. */
  readonly order?: 'tree-first' | 'records-first'
}

export async function startPdsHost({ order = 'tree-first' }: PdsHostOptions = {}): Promise<PdsHost> {
  const repos = new Map<string, ServedRepo>()
  const nextFailures = new Map<string, Misbehaviour[]>()
  const failures = new Map<string, Misbehaviour>()

  const getRepo = async (did: string, response: ServerResponse) => {
    const repo = repos.get(did)
    const how = nextFailures.get(did)?.shift() ?? failures.get(did)
    if (how) return how(response, repo?.car(order) ?? Buffer.alloc(0))
    if (!repo) {
      return answerJson(response, 400, {
        error: 'RepoNotFound',
        message: `Could not find repo for DID: ${did}`,
      })
    }
    if (repo.status) {
      const error = repo.status === 'takendown' ? 'RepoTakendown' : 'RepoDeactivated'
      return answerJson(response, 400, { error, message: `${did} is ${repo.status}` })
    }
    const car = repo.car(order)
    response.writeHead(200, { 'content-type': CAR_TYPE, 'content-length': car.length }).end(car)
  }

  const host = await startHttpHost((url, response) => {
    switch (url.pathname) {
      case '/xrpc/com.atproto.sync.getRepo':
        return getRepo(url.searchParams.get('did') ?? '', response)
      case '/xrpc/com.atproto.server.describeServer':
        return answerJson(response, 200, { did: 'did:web:localhost', availableUserDomains: ['.pds.test'] })
      default:
        return answerJson(response, 404, { error: 'MethodNotImplemented' })
    }
  })
  return Object.assign(host, {
    add: (repo: ServedRepo) => void repos.set(repo.did, repo),
    remove: (did: string) => void repos.delete(did),
    fail: (did: string, ...how: readonly Misbehaviour[]) =>
      void nextFailures.set(did, [...(nextFailures.get(did) ?? []), ...how]),
    failAlways: (did: string, how: Misbehaviour) => void failures.set(did, how),
  })
}
