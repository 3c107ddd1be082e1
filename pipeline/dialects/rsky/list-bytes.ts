/** Replaces every `{"$bytes": base64}` below `root` by the list of its bytes. Walks without recursion: records may be deep. */
export function listBytes(root: object): void {
  const open = [root as Record<string, unknown>]
  for (let at = open.pop(); at; at = open.pop()) {
    for (const [key, value] of Object.entries(at)) {
      if (typeof value !== 'object' || value === null) continue
      const bytes = bytesIn(value)
      if (bytes === null) open.push(value as Record<string, unknown>)
      else Object.defineProperty(at, key, { value: Array.from(bytes), enumerable: true })
    }
  }
}

function bytesIn(value: object): Uint8Array | null {
  const { $bytes } = value as { $bytes?: unknown }
  const isBytes = typeof $bytes === 'string' && Object.keys(value).length === 1
  return isBytes ? Buffer.from($bytes, 'base64') : null
}
