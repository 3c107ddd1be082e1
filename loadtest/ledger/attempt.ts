/** Something that the relay meant to send, as its journal has it: written before the frame left. */
export interface Attempt {
  /** The relay's sequence; the operations of one commit share it. */
  readonly seq: number
  readonly did: string
  /** Absent for identity and account events, as are `collection`, `rkey` and `cid`. */
  readonly rev?: string
  readonly collection?: string
  readonly rkey?: string
  readonly action: 'create' | 'update' | 'delete' | 'identity' | 'account'
  /** Absent for deletes. */
  readonly cid?: string
  /** ISO 8601. */
  readonly time: string
  /** Sent, but of a collection that the ingester is to leave out. */
  readonly filtered?: true
}
