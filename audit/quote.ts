/** A command that was sent and the value it gave: what a finding rests on. */
export interface Quote {
  readonly command: string
  readonly value: string
}
