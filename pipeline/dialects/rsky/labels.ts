import type { Label, LabelCodec } from '#pipeline/dialects/label-codec.ts'
import { readJsonField } from '#pipeline/dialects/read-json-field.ts'
import { readLabel } from '#pipeline/dialects/read-label.ts'
import { fromChronoDisplay, toChronoDisplay } from './chrono-display.ts'

const FIELD = 'labels'

/** One entry per frame, with the labels that it brought. */
export const rskyLabels: LabelCodec = {
  field: FIELD,
  encode: (seq, labels) => [JSON.stringify({ seq, labels: labels.map(toRsky) })],
  decode(fields) {
    const read = readJsonField(fields, FIELD)
    if ('reason' in read) return { labels: [], unreadable: read }
    const { labels } = (read.value ?? {}) as { labels?: unknown }
    if (!Array.isArray(labels)) {
      return {
        labels: [],
        unreadable: { reason: 'malformed-event', error: 'field labels: expected a list' },
      }
    }
    const all = labels.map(readLabel)
    return {
      labels: all.flatMap((one) => ('reason' in one ? [] : [{ ...one, cts: fromChronoDisplay(one.cts) }])),
      unreadable: all.find((one) => 'reason' in one) ?? null,
    }
  },
  lacks: ['ver', 'exp', 'sig'],
}

function toRsky({ src, uri, cid, val, neg, cts }: Label) {
  return { src, uri, cid: cid ?? null, val, neg: neg ?? null, cts: toChronoDisplay(cts) }
}
