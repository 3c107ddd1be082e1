/** A command that was sent and the value it gave: what a finding rests on. */
export interface Quote {
  readonly command: string
  readonly value: string
  /** The line of a file that says so, where one does. */
  readonly place?: { readonly file: string; readonly line: number }
}
