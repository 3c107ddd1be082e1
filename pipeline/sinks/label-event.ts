import type { Label } from '#pipeline/dialects/label-codec.ts'

/** What a labeler said about a record or an account, a negation included. */
export interface LabelEvent {
  readonly type: 'label'
  readonly label: Label
}
