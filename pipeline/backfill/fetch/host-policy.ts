import { type LookupAddress, type LookupOptions, lookup as resolve } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { RepoError } from '#pipeline/backfill/repo-error.ts'
import { isPublicAddress } from './is-public-address.ts'

/** Where requests may go. */
export interface HostPolicy {
  readonly protocols: readonly string[]
  readonly isAllowed: (address: string) => boolean
  /** How often an answer may send us elsewhere; each hop is held to the same policy. */
  readonly redirects: number
}

/** For URLs that come from strangers' documents. */
export const PUBLIC_HOSTS: HostPolicy = { protocols: ['https:'], isAllowed: isPublicAddress, redirects: 3 }

/** For tests and closed networks: plain http, and any address. */
export const ANY_HOST: HostPolicy = {
  protocols: ['https:', 'http:'],
  isAllowed: () => true,
  redirects: PUBLIC_HOSTS.redirects,
}

/** For a URL that the operator typed: where it points is his business, where it leads on is not. */
export const NAMED_HOST: HostPolicy = { ...ANY_HOST, redirects: 0 }

/**
 * Throws `RepoError` when the URL itself is against the policy. A name is judged by its addresses, when it is
 * resolved for the connection: whatever it meant a moment before is of no interest.
 */
export function requireAllowed(url: URL, { protocols, isAllowed }: HostPolicy): void {
  if (!protocols.includes(url.protocol)) {
    throw new RepoError('forbidden-host', `${url.origin} is not reached by ${protocols.join(' or ')}`)
  }
  if (url.username || url.password) {
    throw new RepoError('forbidden-host', `${url.origin} comes with a user name or password`)
  }
  const address = url.hostname.replace(/^\[(.*)\]$/, '$1')
  if (isIP(address) && !isAllowed(address)) {
    throw new RepoError('forbidden-host', `${url.origin} is no public address`)
  }
}

/** Resolves names for connections, and leaves out every address that is against the policy. */
export function policyLookup({ isAllowed }: HostPolicy): LookupFunction {
  return (hostname: string, options: LookupOptions, callback) => {
    resolve(hostname, { ...options, all: true }, (error: Error | null, found: LookupAddress[]) => {
      if (error) return callback(error, '')
      const allowed = found.filter(({ address }) => isAllowed(address))
      const [first] = allowed
      if (!first) {
        return callback(new RepoError('forbidden-host', `"${hostname}" has no public address`), '')
      }
      return options.all ? callback(null, allowed) : callback(null, first.address, first.family)
    })
  }
}
