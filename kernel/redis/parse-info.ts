/** The fields of an INFO reply, all sections in one map, values as Redis wrote them. */
export function parseInfo(reply: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  for (const line of reply.split(/\r?\n/)) {
    const colon = line.indexOf(':')
    if (colon > 0 && !line.startsWith('#')) fields.set(line.slice(0, colon), line.slice(colon + 1))
  }
  return fields
}
