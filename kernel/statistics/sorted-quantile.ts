/** The value below which a share of ascending values lies, between two of them by a straight line; `null` of nothing. */
export function sortedQuantile(ascending: Float64Array, share: number): number | null {
  const place = (ascending.length - 1) * share
  const lower = ascending[Math.floor(place)]
  const upper = ascending[Math.ceil(place)]
  if (lower === undefined || upper === undefined) return null
  return lower === upper ? lower : lower + (upper - lower) * (place - Math.floor(place))
}
