/** The files that a `rediss://` URL can name: who may sign the server's certificate, and our own with its key. */
export const TLS_FILES = ['ca', 'cert', 'key'] as const

export type TlsFile = (typeof TLS_FILES)[number]

/** The flag that names the same file. */
export function tlsFlag(file: TlsFile): `redis-tls-${TlsFile}` {
  return `redis-tls-${file}`
}
