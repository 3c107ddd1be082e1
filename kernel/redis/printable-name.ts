import { isUtf8 } from 'node:buffer'

/**
 * A key, group or consumer name as people can read it. Redis names are bytes: one that is not text is written
 * the way redis-cli does, in quotes with `\xff`, so that two different names never look alike.
 */
export function printableName(bytes: Buffer): string {
  if (isUtf8(bytes) && !hasControl(bytes)) return bytes.toString('utf8')
  const shown = [...bytes].map((byte) =>
    byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : hex(byte),
  )
  return `"${shown.join('')}"`
}

const hasControl = (bytes: Buffer): boolean => bytes.some((byte) => byte < 0x20 || byte === 0x7f)

const hex = (byte: number): string => `\\x${byte.toString(16).padStart(2, '0')}`
