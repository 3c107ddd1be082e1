import type { Frame, SequencedFrame } from '#pipeline/ingest/frames/frame.ts'
import type { RejectReason } from '#pipeline/ingest/frames/reject-reason.ts'
import type { JudgeCommit } from './judge-commit.ts'

/** Holds frames until each has been judged, and lets them go in the order in which they came. */
export interface Vetting {
  take(frame: Frame, message: Buffer): void
  /** Forgets what it holds: it will be asked of the relay again. */
  clear(): void
}

export interface VettingOptions {
  readonly judge: JudgeCommit
  /** Also an earlier revision of an account than the last one is refused. */
  readonly ordersRevisions: boolean
  /** The account may have another key from now on. */
  readonly onIdentity: (did: string) => void
  readonly onVetted: (frame: Frame, message: Buffer) => void
  /** Bytes held now. */
  readonly onHeld: (bytes: number) => void
}

interface HeldFrame {
  readonly frame: Frame
  readonly message: Buffer
  /** Whether it comes for the first time. */
  isNew: boolean
  reason: RejectReason | null | undefined
}

/** Accounts whose last revision is kept in mind. */
const REVISIONS = 100_000

export function createVetting(options: VettingOptions): Vetting {
  const { judge, onVetted, onHeld } = options
  const revisions = new Map<string, string>()
  let held: HeldFrame[] = []
  let bytes = 0
  let judgedUpTo = -1

  /** Of what is judged, in order. */
  const release = () => {
    let count = 0
    for (const one of held) {
      if (one.reason === undefined) break
      count++
      bytes -= one.message.length
      letGo(one, one.reason)
    }
    if (count > 0) held.splice(0, count)
    onHeld(bytes)
  }

  const letGo = ({ frame, message, isNew }: HeldFrame, reason: RejectReason | null) => {
    if (!('seq' in frame)) return onVetted(frame, message)
    const found = reason ?? (isNew && isOld(frame) ? 'old-revision' : null)
    onVetted(found === null ? frame : refused(frame, found), message)
  }

  const isOld = ({ claim }: SequencedFrame): boolean => {
    if (!options.ordersRevisions || claim === null) return false
    const last = revisions.get(claim.did)
    if (last !== undefined && claim.rev <= last) return true
    revisions.delete(claim.did)
    revisions.set(claim.did, claim.rev)
    const [oldest] = revisions.keys()
    if (revisions.size > REVISIONS && oldest !== undefined) revisions.delete(oldest)
    return false
  }

  const begin = (one: HeldFrame) => {
    const { frame } = one
    if (!('seq' in frame) || frame.seq <= judgedUpTo) return
    judgedUpTo = frame.seq
    one.isNew = true
    if (frame.kind === 'identity') options.onIdentity(frame.did)
    if (frame.kind !== 'commit' || (frame.events.length === 0 && !options.ordersRevisions)) return
    if (frame.claim === null) {
      one.reason = 'missing-block'
      return
    }
    one.reason = undefined
    void judge(frame.claim).then((reason) => {
      one.reason = reason
      if (held[0] === one) release()
    })
  }

  return {
    take(frame, message) {
      const one: HeldFrame = { frame, message, isNew: false, reason: null }
      begin(one)
      if (one.reason !== undefined && held.length === 0) return letGo(one, one.reason)
      held.push(one)
      bytes += message.length
      onHeld(bytes)
    },
    clear() {
      held = []
      bytes = 0
      judgedUpTo = -1
      revisions.clear()
      onHeld(0)
    },
  }
}

function refused(frame: SequencedFrame, reason: RejectReason): SequencedFrame {
  return { ...frame, events: [], rejected: frame.rejected ?? reason }
}
