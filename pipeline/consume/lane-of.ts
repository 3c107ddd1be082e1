/** The lane of a DID: always the same one, so that the events of one repo are never worked on side by side. */
export function laneOf(did: string, lanes: number): number {
  let hash = 2_166_136_261
  for (let at = 0; at < did.length; at += 1) hash = Math.imul(hash ^ did.charCodeAt(at), 16_777_619)
  return (hash >>> 0) % lanes
}
