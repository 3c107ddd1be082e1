/** Which way is good for what a unit counts: more per second, less time and fewer bytes. `null` where that depends. */
export function betterByUnit(unit: string): 'higher' | 'lower' | null {
  if (unit.endsWith('/s')) return 'higher'
  return LOWER.has(unit) ? 'lower' : null
}

const LOWER: ReadonlySet<string> = new Set(['ms', 's', 'bytes', 'bytes/entry'])
