import type { RecordEvent, StreamEvent } from '#pipeline/contract.ts'
import { accountOf } from '../account.ts'
import { cidOf, cidText } from '../cid.ts'
import { COMPOSERS, type Scene } from '../compose-record.ts'
import type { EventMix, RecordKind } from '../event-mix.ts'
import { weighted } from '../weighted.ts'
import { zipf } from '../zipf.ts'

/** The JSON text of an event, open where every entry differs. */
export interface EntryTemplate {
  /** All before the sequence. */
  readonly opening: string
  /** All after the time, cut wherever the TID of the moment goes: revision, record key, parts of the CIDs. */
  readonly parts: readonly string[]
}

/** Thirteen characters that no text holds, in the alphabet of TIDs and CIDs. */
const TID_HOLE = '2222222222zzz'
const TID_BEGINS_AT = 20
const ACCOUNTS = 1_000

/** Templates that occur as often as their kind and author do, so that drawing one evenly gives the mix. */
export function entryTemplates(count: number, seed: number, mix: EventMix, scene: Scene): EntryTemplate[] {
  const { random } = scene
  const { other: _, ...kinds } = mix.records
  const drawKind = weighted(kinds)
  const { identity, account, sync: __ } = mix.messages
  const drawMessage = weighted({ identity, account, record: 1 - identity - account })
  const drawRank = zipf(ACCOUNTS, mix.accounts.zipf)
  const authors = Array.from({ length: ACCOUNTS }, (_unused, rank) => {
    const name = `${seed}/${rank}`
    return accountOf({ name, handle: `${random.pick(scene.texts.handles)}-${rank}.pds.test`, k256: false })
  })
  return Array.from({ length: count }, (_unused, index) => {
    const { did, handle } = authors[drawRank(random)] ?? { did: '', handle: '' }
    const head = { seq: 0, time: '', did }
    switch (drawMessage(random)) {
      case 'identity':
        return templateOf({ type: 'identity', ...head, handle })
      case 'account':
        return templateOf({ type: 'account', ...head, active: true })
      case 'record': {
        const event = recordEvent(head, drawKind(random), scene, index)
        return templateOf(random.chance(mix.deletes) ? deleted(event) : event)
      }
    }
  })
}

function recordEvent(
  head: Pick<RecordEvent, 'seq' | 'time' | 'did'>,
  kind: RecordKind,
  scene: Scene,
  index: number,
): RecordEvent {
  const { collection, rkey, record } = COMPOSERS[kind](scene)
  return {
    type: rkey === 'self' ? 'update' : 'create',
    ...head,
    commit: openCid(`commit ${index}`),
    rev: TID_HOLE,
    collection,
    rkey: rkey ?? TID_HOLE,
    cid: openCid(`record ${index}`),
    record,
  }
}

function deleted({ seq, time, did, commit, rev, collection, rkey }: RecordEvent): StreamEvent {
  return { type: 'delete', seq, time, did, commit, rev, collection, rkey }
}

/** A CID that looks right, differs from entry to entry, and is the hash of nothing. */
function openCid(text: string): string {
  const cid = cidText(cidOf(Buffer.from(text)))
  return cid.slice(0, TID_BEGINS_AT) + TID_HOLE + cid.slice(TID_BEGINS_AT + TID_HOLE.length)
}

function templateOf(event: StreamEvent): EntryTemplate {
  const text = JSON.stringify(event)
  const mark = '"seq":0,"time":"'
  const at = text.indexOf(mark)
  return { opening: `${text.slice(0, at)}"seq":`, parts: text.slice(at + mark.length).split(TID_HOLE) }
}
