/** Whether a number has a place in a drawing: not a gap, and not so large that arithmetic would overflow. */
export function isDrawable(value: number | null | undefined): value is number {
  return typeof value === 'number' && Math.abs(value) < 1e100
}
