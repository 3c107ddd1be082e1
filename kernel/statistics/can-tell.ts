/** Whether so many values on either side could differ so clearly in rank that one in twenty drawings would not: 4 and 4, or 1 and 39. */
export function canTell(before: number, after: number): boolean {
  let ways = 1
  for (let dealt = 1; dealt <= Math.min(before, after); dealt += 1) {
    ways = (ways * (before + after - dealt + 1)) / dealt
    if (ways >= 2 / CHANCE_ALLOWED) return true
  }
  return false
}

const CHANCE_ALLOWED = 0.05
