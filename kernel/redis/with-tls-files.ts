import { resolve } from 'node:path'
import { UsageError } from '#kernel/errors.ts'
import { TLS_FILES, type TlsFile, tlsFlag } from './tls-files.ts'

/**
 * The same Redis URL with these files in it, which win over those that it names, as full paths. Throws `UsageError`
 * for a URL without TLS: a file that is not used would be taken for protection.
 */
export function withTlsFiles(url: string, files: Readonly<Partial<Record<TlsFile, string>>>): string {
  const named = TLS_FILES.filter((file) => files[file] !== undefined)
  const [first] = named
  if (first === undefined) return url
  if (!url.startsWith('rediss://')) {
    throw new UsageError(`--${tlsFlag(first)} is for a Redis that speaks TLS; name it rediss://`)
  }
  const [address, query] = url.split('?', 2)
  const parameters = new Map(new URLSearchParams(query))
  for (const file of named) parameters.set(file, resolve(files[file] ?? ''))
  const written = [...parameters].map(
    ([name, value]) => `${name}=${encodeURIComponent(value).replaceAll('%2F', '/')}`,
  )
  return `${address}?${written.join('&')}`
}
