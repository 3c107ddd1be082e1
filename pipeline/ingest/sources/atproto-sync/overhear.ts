import type { Firehose } from '@atproto/sync'
import type { Notice } from '#pipeline/ingest/frames/frame.ts'
import { isMap } from '#pipeline/ingest/frames/is-map.ts'

/** As much of the subscription as is needed here. */
interface Subscription {
  readonly opts: { validate: (body: unknown) => unknown; onReconnectError?: (error: unknown) => void }
}

export interface Overheard {
  readonly onNotice: (notice: Notice) => void
  readonly onReconnect: (error: Error) => void
}

/**
 * Listens to what the client passes over in silence: that the relay says something of the subscription, without which a
 * gap would go unnoticed, and that a connection ended. It has no way to ask for that, so its own subscription is asked.
 */
export function overhear(firehose: Firehose, { onNotice, onReconnect }: Overheard): void {
  const { opts } = firehose['sub'] as Subscription
  const { validate } = opts
  opts.validate = (body) => {
    const notice = noticeIn(body)
    if (notice) onNotice(notice)
    return validate(body)
  }
  opts.onReconnectError = (error) => onReconnect(error as Error)
}

function noticeIn(body: unknown): Notice | null {
  if (!isMap(body) || !String(body['$type']).endsWith('#info')) return null
  const { name, message } = body
  return {
    kind: 'info',
    name: typeof name === 'string' ? name : 'unnamed',
    message: typeof message === 'string' ? message : '',
  }
}
