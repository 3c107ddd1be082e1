/** Value of a field among names and values in turn; `null` when it is not there. */
export function valueOf(fields: readonly string[], name: string): string | null {
  for (let at = 0; at + 1 < fields.length; at += 2) {
    if (fields[at] === name) return fields[at + 1] ?? null
  }
  return null
}
