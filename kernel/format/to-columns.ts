/** Rows under a head, each column as wide as its widest cell: for a terminal, and for whatever cuts at spaces. */
export function toColumns(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...all.map((cells) => cells[column]?.length ?? 0)))
  const line = (cells: readonly string[]) =>
    cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')
  return all.map((cells) => `${line(cells).trimEnd()}\n`).join('')
}
