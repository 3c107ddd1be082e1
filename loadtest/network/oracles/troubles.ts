interface Said {
  readonly level?: string
  readonly msg?: string
}

/** What a Go program logged that was no remark; unreadable lines count. */
export function troubles(lines: readonly string[]): string[] {
  return lines.filter((line) => {
    try {
      const { level = 'INFO' } = JSON.parse(line) as Said
      return level !== 'INFO' && level !== 'DEBUG'
    } catch {
      return true
    }
  })
}
