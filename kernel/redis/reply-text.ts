/** A bulk string, simple string or integer of a reply as text; `null` for nil and for anything else. */
export function replyText(value: unknown): string | null {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  return Buffer.isBuffer(value) ? value.toString('utf8') : null
}
