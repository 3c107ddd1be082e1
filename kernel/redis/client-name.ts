import { hostname } from 'node:os'

/** What a connection of ours is called in CLIENT LIST. */
export interface ClientName {
  readonly name: string
  /** `host:pid` of the process; `null` in a name that is not one of ours. */
  readonly process: string | null
}

/** The name with our process in it, so that two processes under one name can be told apart. Redis takes no blanks. */
export function toClientName(name: string): string {
  return `${name}@${hostname()}:${process.pid}`.replaceAll(/[^!-~]/g, '-')
}

export function parseClientName(text: string): ClientName {
  const [, name = text, process = null] = /^(.+)@([^@]+:\d+)$/.exec(text) ?? []
  return { name, process }
}
