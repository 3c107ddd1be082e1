/** Whether a text matches a pattern in which `*` stands for anything and `?` for one character. */
export function matchesGlob(pattern: string, text: string): boolean {
  const parts = pattern.split(/([*?])/).map((part) => {
    if (part === '*') return '.*'
    return part === '?' ? '.' : part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  })
  return new RegExp(`^${parts.join('')}$`, 's').test(text)
}
