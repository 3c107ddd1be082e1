const SIZES: Readonly<Record<string, number>> = {
  k: 1_000,
  kb: 1_024,
  m: 1_000_000,
  mb: 1_024 ** 2,
  g: 1_000_000_000,
  gb: 1_024 ** 3,
}

/** Whether two ways of writing a setting mean the same: `1gb` and `1073741824`, `replica` and `slave`. */
export function sameSetting(name: string, a: string, b: string): boolean {
  if (name === 'client-output-buffer-limit') return sameLimits(a, b)
  return normal(a) === normal(b)
}

function normal(text: string): string {
  return text.trim().toLowerCase().split(/\s+/).map(normalWord).join(' ')
}

function normalWord(word: string): string {
  const [, amount, unit] = /^(\d+)([kmg]b?)$/.exec(word) ?? []
  if (amount && unit) return String(Number(amount) * (SIZES[unit] ?? 1))
  return word === 'slave' ? 'replica' : word
}

/** `normal 0 0 0 replica 256mb 64mb 60 …`: only the classes that both name are compared. */
function sameLimits(a: string, b: string): boolean {
  const [left, right] = [limitsOf(a), limitsOf(b)]
  return [...left].every(([name, limits]) => !right.has(name) || right.get(name) === limits)
}

function limitsOf(text: string): ReadonlyMap<string, string> {
  const words = normal(text).split(' ')
  const classes = new Map<string, string>()
  for (let at = 0; at + 3 < words.length; at += 4)
    classes.set(words[at] ?? '', words.slice(at + 1, at + 4).join(' '))
  return classes
}
