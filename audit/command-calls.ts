import type { Fields } from './fields.ts'

/** How often a command was called since the server started or its statistics were reset, scripts included. */
export function commandCalls(server: Fields, command: string): number {
  return statistic(server, `cmdstat_${command}`, 'calls')
}

/** How often the server answered with this error since then: `OOM`, `MISCONF`, `NOGROUP`. */
export function errorCount(server: Fields, error: string): number {
  return statistic(server, `errorstat_${error}`, 'count')
}

/** `calls=5,usec=20,…`; what is not in INFO never happened. */
function statistic(server: Fields, field: string, name: string): number {
  if (!server.has(field)) return 0
  return Number(new RegExp(`\\b${name}=(\\d+)`).exec(server.text(field))?.[1] ?? 0)
}
