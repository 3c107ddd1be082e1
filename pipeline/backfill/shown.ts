/** A value that a stranger sent, short enough for a message and harmless to write down. Never throws. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 80))
  if (value === undefined) return 'nothing'
  return value === null ? 'null' : `a ${typeof value}`
}
