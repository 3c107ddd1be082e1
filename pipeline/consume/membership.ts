/** Who reads what: one consumer of one group of one stream. */
export interface Membership {
  readonly stream: string
  readonly group: string
  readonly consumer: string
}
