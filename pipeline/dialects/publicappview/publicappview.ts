import { OLD_SYSTEMS } from '#pipeline/cursors/old-systems.ts'
import { PYTHON_CURSOR_KEY } from '#pipeline/cursors/stored-cursor.ts'
import type { Dialect } from '#pipeline/dialects/dialect.ts'
import { decodePublicappview } from './decode.ts'
import { encodePublicappview } from './encode.ts'
import { PUBLICAPPVIEW_VARIABLES } from './variables.ts'

/** One entry per frame in three fields that are read by their place; no rev, no commit CID, no time. */
export const publicappview: Dialect = {
  name: 'publicappview',
  fields: ['type', 'data', 'seq'],
  streams: { live: 'firehose:events', backfill: null, repos: null, labels: null },
  groups: { live: 'firehose-processors', repos: null, labels: null },
  labels: null,
  cursorKeys: () => [PYTHON_CURSOR_KEY],
  cursorRewind: OLD_SYSTEMS.publicappview.rewind,
  encode: encodePublicappview,
  decode: decodePublicappview,
  lacks: [
    {
      of: ['create', 'update', 'delete'],
      field: 'rev',
      instead: 'a rev made of the entry’s ID, so that events count in the order of their entries',
    },
    { of: ['create', 'update', 'delete'], field: 'commit', instead: 'empty' },
    {
      of: ['create', 'update', 'delete', 'account', 'identity'],
      field: 'time',
      instead: 'the time in the entry’s ID: when it was appended',
    },
    { of: ['account'], field: 'status', instead: 'nothing: why an account is not active is not known' },
    { of: ['repo'], field: null, instead: 'nothing: there is no snapshot in this dialect' },
  ],
  consumersRemove: false,
  defaults: { stream: 'firehose:events', group: 'firehose-processors' },
  variables: PUBLICAPPVIEW_VARIABLES,
}
