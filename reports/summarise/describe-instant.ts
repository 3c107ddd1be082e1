/** A moment that was written as ISO 8601, as a person reads it: `2026-08-03 12:00:00 UTC`; as it stands when it is none. */
export function describeInstant(text: string): string {
  const epochMs = Date.parse(text)
  if (Number.isNaN(epochMs)) return text
  return new Date(epochMs)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC')
}
