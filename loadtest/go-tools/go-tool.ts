/** A program written in Go that we build from the module proxy, at the versions that it was tried with. */
export interface GoTool {
  readonly name: string
  /** Of the module that it is; part of the name of the file, so that a new one is built anew. */
  readonly version: string
  /** Modules by path, with their versions. */
  readonly requires: Readonly<Record<string, string>>
  /** Import path of the program; `null` when `main` is its source. */
  readonly program: string | null
  readonly main: string
  /** How long a build takes from nothing, for whoever waits: `3 minutes`. */
  readonly takes: string
}
