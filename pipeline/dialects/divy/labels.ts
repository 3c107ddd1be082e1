import { EVENT_FIELD } from '#pipeline/contract.ts'
import type { LabelCodec } from '#pipeline/dialects/label-codec.ts'
import { readJsonField } from '#pipeline/dialects/read-json-field.ts'
import { readLabel } from '#pipeline/dialects/read-label.ts'

/** One entry per label, as the labeler said it. */
export const divyLabels: LabelCodec = {
  field: EVENT_FIELD,
  encode: (_seq, labels) => labels.map((label) => JSON.stringify({ type: 'label', label })),
  decode(fields) {
    const read = readJsonField(fields, EVENT_FIELD)
    if ('reason' in read) return { labels: [], unreadable: read }
    const { type, label } = (read.value ?? {}) as { type?: unknown; label?: unknown }
    if (type !== 'label') {
      return {
        labels: [],
        unreadable: { reason: 'unknown-event', error: 'field type: expected "label"' },
      }
    }
    const one = readLabel(label)
    return 'reason' in one ? { labels: [], unreadable: one } : { labels: [one], unreadable: null }
  },
  lacks: [],
}
