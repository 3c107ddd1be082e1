/**
 * Bytes as text, one character (U+0000 to U+00FF) per byte. A network keeps hundreds of thousands of short byte
 * strings; as text they cost their length, compare with `===`, and pin no buffer pool.
 */
export type Binary = string

export function binary(bytes: Uint8Array): Binary {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}

export function bytesOf(text: Binary): Buffer {
  return Buffer.from(text, 'latin1')
}
