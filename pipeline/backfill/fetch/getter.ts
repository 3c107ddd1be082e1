import { type IncomingMessage, Agent as PlainAgent, request as plainRequest } from 'node:http'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'
import { type Duration, seconds } from '#kernel/time/duration.ts'
import { RepoError } from '#pipeline/backfill/repo-error.ts'
import { type HostPolicy, policyLookup, requireAllowed } from './host-policy.ts'

/** Asks hosts of one policy. Disposing of it closes its idle connections. */
export interface Getter extends Disposable {
  /**
   * The answer, its body unread, after redirects. Whoever calls must read the body or destroy it. Throws
   * `RepoError` when the host is not allowed, cannot be reached, or is silent for too long.
   */
  get(url: URL, options: GetOptions): Promise<IncomingMessage>
}

export interface GetOptions {
  readonly accept: string
  readonly signal: AbortSignal
}

export interface GetterOptions {
  readonly policy: HostPolicy
  /** From the request to the last of the headers. */
  readonly headersWithin: Duration
}

const REDIRECTS = [301, 302, 303, 307, 308]
const HEADER_BYTES = 16_384

export function createGetter({ policy, headersWithin }: GetterOptions): Getter {
  const settings = { keepAlive: true, timeout: seconds(30), maxFreeSockets: 64, scheduling: 'lifo' } as const
  const plain = new PlainAgent(settings)
  const secure = new SecureAgent(settings)
  const lookup = policyLookup(policy)

  const ask = (url: URL, { accept, signal }: GetOptions): Promise<IncomingMessage> => {
    requireAllowed(url, policy)
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
    const options = {
      headers: { accept, 'accept-encoding': 'identity', 'user-agent': 'standpipe' },
      maxHeaderSize: HEADER_BYTES,
      lookup,
      signal,
    }
    const request =
      url.protocol === 'http:'
        ? plainRequest(url, { ...options, agent: plain })
        : secureRequest(url, { ...options, agent: secure })
    const late = setTimeout(() => {
      request.destroy(
        new RepoError('timed-out', `${url.host} sent no headers within ${headersWithin / 1_000} s`),
      )
    }, headersWithin)
    request.once('response', resolve)
    request.on('error', (error) => reject(signal.aborted ? signal.reason : toUnreachable(url, error)))
    request.end()
    return promise.finally(() => clearTimeout(late))
  }

  return {
    async get(url, options) {
      let at = url
      for (let hops = 0; ; hops += 1) {
        const answer = await ask(at, options)
        const location = REDIRECTS.includes(answer.statusCode ?? 0) ? answer.headers.location : undefined
        if (location === undefined) return answer
        answer.destroy()
        if (hops >= policy.redirects) {
          throw new RepoError(
            'too-many-redirects',
            `${url.host} sends us on more than ${policy.redirects} times`,
          )
        }
        if (!URL.canParse(location, at.href)) {
          throw new RepoError('malformed-answer', `${at.host} sends us on to what is no URL`)
        }
        at = new URL(location, at)
      }
    },
    [Symbol.dispose]() {
      plain.destroy()
      secure.destroy()
    },
  }
}

function toUnreachable(url: URL, error: Error): RepoError {
  if (error instanceof RepoError) return error
  return new RepoError('host-unreachable', `cannot reach ${url.host}: ${error.message}`, { cause: error })
}
