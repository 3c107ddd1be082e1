import type { ServerResponse } from 'node:http'
import { systemClock } from '#kernel/time/clock.ts'
import { answerJson } from './http-host.ts'

export const CAR_TYPE = 'application/vnd.ipld.car'

/** Answers a request for a repo in a way that is not honest; `whole` is what an honest host would send. */
export type Misbehaviour = (response: ServerResponse, whole: Buffer) => void | Promise<void>

/** How a host can fail whoever asks it for a repo. */
export const misbehave = {
  throttle: (retryAfterSeconds: number): Misbehaviour => {
    return (response) => void response.writeHead(429, { 'retry-after': String(retryAfterSeconds) }).end()
  },
  /** An error as XRPC writes it. */
  refuse: (status: number, error = 'InternalServerError'): Misbehaviour => {
    return (response) => answerJson(response, status, { error, message: 'as told' })
  },
  /** Announces all of it, sends so many bytes, and hangs up. */
  truncate: (bytes: number): Misbehaviour => {
    return (response, whole) => {
      response.writeHead(200, { 'content-type': CAR_TYPE, 'content-length': whole.length })
      response.write(whole.subarray(0, bytes), () => response.destroy())
    }
  },
  /** Sends these bytes in place of the repo. */
  send: (bytes: (whole: Buffer) => Buffer, type = CAR_TYPE): Misbehaviour => {
    return (response, whole) => void response.writeHead(200, { 'content-type': type }).end(bytes(whole))
  },
  /** Sends a byte at a time, with a pause behind each. */
  trickle: (everyMs: number): Misbehaviour => {
    return (response, whole) => trickle(response, whole, everyMs)
  },
  /** Takes the request and says nothing. */
  keepSilent: (): Misbehaviour => () => {},
  redirect: (location: string): Misbehaviour => {
    return (response) => void response.writeHead(302, { location }).end()
  },
  /** Sends blocks that never end. */
  sendForEver: (): Misbehaviour => (response) => sendForEver(response),
  /** Announces so many bytes, and sends none of them. */
  announce: (bytes: number): Misbehaviour => {
    return (response) => {
      response.writeHead(200, { 'content-type': CAR_TYPE, 'content-length': bytes })
      response.flushHeaders()
    }
  },
} as const

async function trickle(response: ServerResponse, whole: Buffer, everyMs: number): Promise<void> {
  response.writeHead(200, { 'content-type': CAR_TYPE })
  for (const byte of whole) {
    if (response.destroyed) return
    response.write(Buffer.of(byte))
    await systemClock.sleep(everyMs)
  }
  response.end()
}

/** Blocks of 64 KiB behind a valid header. */
function sendForEver(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': CAR_TYPE })
  const section = aSection(65_536)
  response.write(A_HEADER)
  const flow = () => {
    while (!response.destroyed && response.write(section));
    response.once('drain', flow)
  }
  flow()
}

/** `{"roots": [a CID], "version": 1}`. */
const A_HEADER = Buffer.concat([
  Buffer.from('3aa265726f6f747381d82a582500', 'hex'),
  Buffer.from([0x01, 0x71, 0x12, 0x20]),
  Buffer.alloc(32),
  Buffer.from('6776657273696f6e01', 'hex'),
])

function aSection(bytes: number): Buffer {
  const length = bytes + 36
  const prefix = [(length & 0x7f) | 0x80, ((length >> 7) & 0x7f) | 0x80, length >> 14]
  return Buffer.concat([Buffer.from([...prefix, 0x01, 0x71, 0x12, 0x20]), Buffer.alloc(32 + bytes)])
}
