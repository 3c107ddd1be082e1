import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createSecureContext } from 'node:tls'
import { UsageError } from '#kernel/errors.ts'
import { TLS_FILES, type TlsFile } from './tls-files.ts'

export type TlsMaterial = Partial<Record<TlsFile, Buffer>>

/**
 * What the files hold that a `rediss://` URL names; empty where it names none. Throws `UsageError` with the file
 * that cannot be read, is no certificate or key, or does not fit the other.
 */
export async function readTlsFiles(url: string): Promise<TlsMaterial> {
  const { searchParams } = new URL(url)
  const paths = TLS_FILES.flatMap((file) => {
    const path = searchParams.get(file)
    return path ? [{ file, path }] : []
  })
  const read = await Promise.all(
    paths.map(async ({ file, path }) => [file, await readMaterial(path)] as const),
  )
  const material: TlsMaterial = Object.fromEntries(read)
  for (const { file, path } of paths) refuseWrongKind(file, path, material[file])
  if (!material.cert !== !material.key) {
    throw new UsageError('a certificate of ours and its key go together; name both or neither')
  }
  refuseStrangers(material, searchParams)
  return material
}

async function readMaterial(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (error) {
    throw new UsageError(
      `cannot read "${path}" for TLS: ${(error as Error).message.replace(/^\w+: |,.*/g, '')}`,
    )
  }
}

function refuseWrongKind(file: TlsFile, path: string, content: Buffer | undefined): void {
  try {
    if (file === 'key') createSecureContext({ key: content })
    else new X509Certificate(content ?? '')
  } catch (error) {
    const kind = file === 'key' ? 'private key without a passphrase' : 'certificate'
    throw new UsageError(`"${path}" holds no PEM ${kind}`, { cause: error })
  }
}

function refuseStrangers({ cert, key }: TlsMaterial, paths: URLSearchParams): void {
  try {
    createSecureContext({ cert, key })
  } catch (error) {
    const [certificate, own] = [paths.get('cert'), paths.get('key')]
    throw new UsageError(`the key "${own}" does not belong to the certificate "${certificate}"`, {
      cause: error,
    })
  }
}
