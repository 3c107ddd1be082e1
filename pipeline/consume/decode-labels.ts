import type { Label, LabelCodec } from '#pipeline/dialects/label-codec.ts'
import type { LabelEvent } from '#pipeline/sinks/label-event.ts'
import { isTime } from './is-time.ts'
import type { Unreadable } from './parse-event.ts'

/** The labels of an entry, and why one of them is none; the others are as good as without it. */
export function decodeLabels(
  codec: LabelCodec,
  fields: readonly string[],
): { readonly events: readonly LabelEvent[]; readonly unreadable: Unreadable | null } {
  const { labels, unreadable } = codec.decode(fields)
  const reasons = labels.flatMap((label) => whyNoLabel(label) ?? [])
  const good = labels.filter((label) => whyNoLabel(label) === null)
  return {
    events: good.map((label) => ({ type: 'label', label })),
    unreadable: unreadable ?? reasons[0] ?? null,
  }
}

function whyNoLabel(label: Label): Unreadable | null {
  const wrong = (['src', 'uri', 'val'] as const).find(
    (name) => !label[name].isWellFormed() || label[name].includes('\0'),
  )
  if (wrong)
    return { reason: 'malformed-event', error: `field ${wrong} of a label: expected text without NUL` }
  return isTime(label.cts)
    ? null
    : { reason: 'malformed-event', error: 'field cts of a label: expected a time in ISO 8601' }
}
