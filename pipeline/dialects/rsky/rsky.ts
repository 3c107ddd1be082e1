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
import { hostOf } from '#pipeline/dialects/host-of.ts'
import { decodeRsky } from './decode.ts'
import { encodeRsky } from './encode.ts'
import { rskyLabels } from './labels.ts'
import { RSKY_VARIABLES } from './variables.ts'

/** One entry per event in one field; the time is the ingester's, the status capitalised, bytes are lists. */
export const rsky: Dialect = {
  name: 'rsky',
  fields: [EVENT_FIELD],
  streams: { live: LIVE_STREAM, backfill: BACKFILL_STREAM, repos: REPO_STREAM, labels: 'label_live' },
  groups: { live: LIVE_GROUP, repos: REPO_GROUP, labels: LIVE_GROUP },
  labels: rskyLabels,
  cursorKeys(stream, host) {
    const bare = hostOf(host)
    return ['https', 'http', 'wss', 'ws'].map((scheme) => `${stream}:cursor:${scheme}://${bare}`)
  },
  cursorRewind: OLD_SYSTEMS.rsky.rewind,
  encode: encodeRsky,
  decode: decodeRsky,
  lacks: [
    {
      of: ['create', 'update', 'delete', 'repo', 'account', 'identity'],
      field: 'time',
      instead: 'the time at which the ingester wrote the event',
    },
    {
      of: ['create', 'update'],
      field: 'record.$bytes',
      instead: 'a list of numbers, which nobody can tell from a real list of numbers',
    },
    { of: ['repo'], field: 'collections', instead: 'nothing: the snapshot covers whatever it covers' },
    { of: ['repo'], field: 'records', instead: 'nothing' },
  ],
  consumersRemove: true,
  defaults: {},
  variables: RSKY_VARIABLES,
}
