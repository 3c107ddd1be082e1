import type { StreamEvent } from '#pipeline/contract.ts'
import { listBytes } from './list-bytes.ts'

/** One entry per event. */
export function encodeRsky(texts: readonly string[], now: number): readonly string[] {
  const time = toChronoTime(now)
  return texts.map((text) => {
    const event = toRsky(JSON.parse(text) as StreamEvent, time)
    if (text.includes('"$bytes"')) listBytes(event)
    return JSON.stringify(event)
  })
}

function toRsky(event: StreamEvent, time: string): object {
  const { type, seq, did } = event
  const head = { type, seq, time, did }
  switch (event.type) {
    case 'create':
    case 'update':
    case 'delete':
      return { ...event, time }
    case 'repo':
      return { ...head, commit: event.commit, rev: event.rev }
    case 'account':
      return { ...head, active: event.active, status: event.status ? capitalised(event.status) : null }
    case 'identity':
      // Its producers drop an identity without a handle, its consumers read `null`: so nothing need be lost.
      return { ...head, handle: event.handle ?? null }
  }
}

/** RFC 3339 with nanoseconds and an offset; our clock knows milliseconds. */
function toChronoTime(now: number): string {
  return new Date(now).toISOString().replace('Z', '000000+00:00')
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
