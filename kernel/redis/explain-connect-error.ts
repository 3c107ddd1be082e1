const ASKS_FOR_OURS =
  'if it asks for a certificate of ours, name one with its key: --redis-tls-cert <file> --redis-tls-key <file>'

/** What OpenSSL or Node call it, and what an operator can do about it. */
const SAYINGS: readonly (readonly [code: RegExp, says: string])[] = [
  [
    /SELF_SIGNED|UNABLE_TO_VERIFY_LEAF|UNABLE_TO_GET_ISSUER/,
    'nobody whom we trust has signed its certificate; name who did: --redis-tls-ca <file>',
  ],
  [/^CERT_HAS_EXPIRED$/, 'its certificate has expired; renew it on the server'],
  [/^CERT_NOT_YET_VALID$/, 'its certificate is not valid yet; compare the clocks of both hosts'],
  [/ALERT_CERTIFICATE_REQUIRED|ALERT_HANDSHAKE_FAILURE/, ASKS_FOR_OURS],
  [
    /ALERT_UNKNOWN_CA|ALERT_BAD_CERTIFICATE|ALERT_CERTIFICATE_UNKNOWN/,
    'it does not trust our certificate; one that its tls-ca-cert-file has signed is needed',
  ],
  [/ALERT_CERTIFICATE_EXPIRED/, 'our certificate has expired; renew it'],
  [
    /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST/,
    'it does not speak TLS on this port; redis:// does without',
  ],
]

/**
 * Why Redis at this URL could not be reached, as an operator's words. A server that asks for a certificate, or for
 * TLS at all, often just ends the connection: then both are told, what happened and what it may mean.
 */
export function explainConnectError(error: Error, url: string): string {
  const { code = '', reason, cert } = error as TlsError
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    const names = cert?.subjectaltname ?? 'nobody'
    return `its certificate is for ${names} only (${reason}); connect by a name that it holds`
  }
  if (error.message.startsWith('Protocol error')) return 'what answers on this port is no Redis'
  const says = SAYINGS.find(([codes]) => codes.test(code))?.[1]
  return says ?? `${error.message}${hintFor(error, new URL(url))}`
}

function hintFor({ message }: Error, { protocol, searchParams }: URL): string {
  const ended = /ECONNRESET|EPIPE|connection closed/i.test(message)
  if (protocol === 'redis:' && ended) return '; if it speaks TLS on this port, name it rediss://'
  if (protocol !== 'rediss:') return ''
  if (/no answer/.test(message)) return '; if it does not speak TLS on this port, name it redis://'
  if (!ended) return ''
  return searchParams.has('cert')
    ? '; it may not trust our certificate, or that has expired: its log says which'
    : `; ${ASKS_FOR_OURS}`
}

interface TlsError extends Error {
  readonly code?: string
  readonly reason?: string
  readonly cert?: { readonly subjectaltname?: string }
}
