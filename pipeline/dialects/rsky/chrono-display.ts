const RFC_3339 = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|z|[+-]\d\d:?\d\d)$/
const DISPLAY = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?) UTC$/

/**
 * A time as Rust's chrono displays it: `2025-10-31 15:25:54.123 UTC`, in UTC, with as many threes of decimals as it
 * takes. Anything that is no such time stays as it is.
 */
export function toChronoDisplay(time: string): string {
  const [, date, clock, fraction = '', offset = ''] = RFC_3339.exec(time) ?? []
  if (date === undefined) return time
  const utc = new Date(`${date}T${clock}${offset.toUpperCase()}`)
  if (Number.isNaN(utc.getTime())) return time
  const [day, rest = ''] = utc.toISOString().split('T')
  return `${day} ${rest.slice(0, 8)}${decimals(fraction)} UTC`
}

/** Back to ISO 8601; what was not displayed by chrono stays as it is. */
export function fromChronoDisplay(text: string): string {
  const [, date, clock] = DISPLAY.exec(text) ?? []
  return date === undefined ? text : `${date}T${clock}Z`
}

function decimals(fraction: string): string {
  const nanos = fraction.padEnd(9, '0').slice(0, 9)
  const shortest = nanos.replace(/(000)+$/, '')
  return shortest === '' ? '' : `.${shortest}`
}
