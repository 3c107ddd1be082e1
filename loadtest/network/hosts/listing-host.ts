import type { ServerResponse } from 'node:http'
import { answerJson, type HttpHost, startHttpHost } from './http-host.ts'
import type { ServedRepo } from './served-repo.ts'

/** What a relay lists of a repo. */
export interface Listing {
  readonly did: string
  readonly head: string
  readonly rev: string
  readonly active: boolean
  readonly status?: string
}

/** A relay on loopback that lists repos, in the order in which it came to know them. */
export interface ListingHost extends HttpHost {
  list(...repos: readonly Listing[]): void
  /** Answers the next requests by these, one each; `null` answers in order. */
  intercept(...answers: readonly (((response: ServerResponse) => void) | null)[]): void
}

export function toListing({ did, head, rev, status }: ServedRepo): Listing {
  return { did, head, rev, active: status === null, ...(status === null ? {} : { status }) }
}

/** `most` is what a page has at most, whatever is asked for. */
export async function startListingHost(most = 1_000): Promise<ListingHost> {
  const listed: Listing[] = []
  const intercepts: (((response: ServerResponse) => void) | null)[] = []
  const host = await startHttpHost((url, response) => {
    const intercept = intercepts.shift()
    if (intercept) return intercept(response)
    if (url.pathname !== '/xrpc/com.atproto.sync.listRepos') {
      return answerJson(response, 404, { error: 'MethodNotImplemented' })
    }
    const from = Number(url.searchParams.get('cursor') ?? 0)
    const to = from + Math.min(most, Number(url.searchParams.get('limit') ?? 500))
    const repos = listed.slice(from, to)
    return answerJson(response, 200, { ...(to < listed.length ? { cursor: String(to) } : {}), repos })
  })
  return Object.assign(host, {
    list: (...repos: readonly Listing[]) => void listed.push(...repos),
    intercept: (...answers: readonly (((response: ServerResponse) => void) | null)[]) =>
      void intercepts.push(...answers),
  })
}
