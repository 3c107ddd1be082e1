import { encode } from '@atcute/cbor'

/** The kinds of message that a relay sends, as the header's `t` names them. */
export type FrameType = '#commit' | '#identity' | '#account' | '#sync' | '#info' | '#labels'

/** One message of the event stream: header and body as DAG-CBOR, one after the other. */
export function messageFrame(type: FrameType, body: Readonly<Record<string, unknown>>): Buffer {
  return joined(HEADERS[type], encode(body))
}

/** An error message (`op: -1`); the relay closes the connection after it. */
export function errorFrame(error: string, message: string): Buffer {
  return joined(ERROR_HEADER, encode({ error, message }))
}

const HEADERS: Readonly<Record<FrameType, Uint8Array>> = {
  '#commit': encode({ op: 1, t: '#commit' }),
  '#identity': encode({ op: 1, t: '#identity' }),
  '#account': encode({ op: 1, t: '#account' }),
  '#sync': encode({ op: 1, t: '#sync' }),
  '#info': encode({ op: 1, t: '#info' }),
  '#labels': encode({ op: 1, t: '#labels' }),
}

const ERROR_HEADER = encode({ op: -1 })

/** Not from the buffer pool: frames stay in the window, and would keep alive whatever shares their slab. */
function joined(header: Uint8Array, body: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafeSlow(header.length + body.length)
  frame.set(header)
  frame.set(body, header.length)
  return frame
}
