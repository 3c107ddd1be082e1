import { parseEvent } from '#pipeline/consume/parse-event.ts'
import { valueOf } from '#pipeline/consume/value-of.ts'
import {
  BACKFILL_STREAM,
  EVENT_FIELD,
  LIVE_GROUP,
  LIVE_STREAM,
  REPO_GROUP,
  REPO_STREAM,
} from '#pipeline/contract.ts'
import { OLD_SYSTEMS } from '#pipeline/cursors/old-systems.ts'
import type { Dialect } from '#pipeline/dialects/dialect.ts'
import { readingOf } from '#pipeline/dialects/reading.ts'
import { divyLabels } from './labels.ts'
import { DIVY_VARIABLES } from './variables.ts'

/** Our own: one entry per event, the whole event as JSON in one field, the time as the relay gave it. */
export const divy: Dialect = {
  name: 'divy',
  fields: [EVENT_FIELD],
  streams: { live: LIVE_STREAM, backfill: BACKFILL_STREAM, repos: REPO_STREAM, labels: 'label_live' },
  groups: { live: LIVE_GROUP, repos: REPO_GROUP, labels: 'label_group' },
  labels: divyLabels,
  cursorKeys: () => [],
  cursorRewind: OLD_SYSTEMS.divy.rewind,
  encode: (texts) => texts,
  decode(_id, fields) {
    const text = valueOf(fields, EVENT_FIELD)
    if (text !== null) return readingOf(parseEvent(text))
    const error = `field ${EVENT_FIELD}: expected JSON, got nothing`
    return { events: [], unreadable: { reason: 'no-event-field', error } }
  },
  lacks: [],
  consumersRemove: true,
  defaults: {},
  variables: DIVY_VARIABLES,
}
