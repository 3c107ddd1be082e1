import { UsageError } from '#kernel/errors.ts'
import { divy } from '#pipeline/dialects/divy/divy.ts'
import type { Label } from '#pipeline/dialects/label-codec.ts'
import { readLabelsFrame } from '#pipeline/ingest/frames/read-labels-frame.ts'
import type { IngesterOptions } from '#pipeline/ingest/ingester-options.ts'
import { hearSocket } from './hear-socket.ts'
import type { LineSource } from './line-source.ts'

/** What a labeler says, negations included. Throws `UsageError` when the dialect carries no labels. */
export function labelSource({ dialect = divy, frameBytes }: IngesterOptions): LineSource {
  const { labels: codec, name } = dialect
  if (codec === null) throw new UsageError(`dialect "${name}" carries no labels; use --dialect divy or rsky`)
  return {
    verify: 'none',
    fields: [codec.field],
    hear: hearSocket('com.atproto.label.subscribeLabels', readLabelsFrame, frameBytes),
    encode: (texts, seq) =>
      codec.encode(
        seq,
        texts.map((text) => JSON.parse(text) as Label),
      ),
  }
}
