/** One frame of a relay, as plainly as it can be said: what old producers and consumers are compared by. */
export type Happening =
  | {
      readonly kind: 'commit'
      readonly seq: number
      readonly did: string
      readonly ops: readonly OpHappening[]
    }
  | { readonly kind: 'identity'; readonly seq: number; readonly did: string; readonly handle: string | null }
  | { readonly kind: 'account'; readonly seq: number; readonly did: string; readonly active: boolean }

export interface OpHappening {
  readonly action: 'create' | 'update' | 'delete'
  readonly path: string
  readonly cid: string | null
}

/** Frames of a few accounts that post, change their profile, delete, rename themselves and leave. */
export function someHappenings(count: number): Happening[] {
  return Array.from({ length: count }, (_, at) => {
    const seq = at + 1
    const did = `did:plc:user${at % 5}`
    if (seq % 17 === 0) return { kind: 'identity', seq, did, handle: seq % 2 ? `user${seq}.test` : null }
    if (seq % 19 === 0) return { kind: 'account', seq, did, active: seq % 2 === 0 }
    const create = { action: 'create', path: `app.bsky.feed.post/r${seq}`, cid: `bafypost${seq}` } as const
    const update = { action: 'update', path: 'app.bsky.actor.profile/self', cid: `bafyself${seq}` } as const
    const remove = { action: 'delete', path: `app.bsky.feed.post/r${seq - 5}`, cid: null } as const
    return { kind: 'commit', seq, did, ops: seq % 7 === 0 && seq > 5 ? [remove, update] : [create] }
  })
}

/** A rev that rises with the sequence, as those of a relay do. */
export function revOf(seq: number): string {
  return `3m${String(seq).padStart(11, '2')}`
}
