/** A record by name and content hash, as likes and replies refer to it. */
export interface StrongRef {
  readonly uri: string
  readonly cid: string
}
