import { type Logger, pino } from 'pino'

export type Log = Logger

export interface LogOptions {
  /** Which process speaks: `ingest`, `index`, `relay`. */
  readonly name: string
  readonly level?: 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

/** JSON lines on stderr, so that stdout stays the result's. Fields that may carry a secret are removed. */
export function createLog({ name, level = 'info' }: LogOptions): Log {
  return pino(
    {
      name,
      level,
      base: { name },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: ['password', '*.password', 'token', '*.token'], remove: true },
    },
    pino.destination({ dest: 2, sync: true }),
  )
}
