import { check } from 'k6'
import { Counter, Trend } from 'k6/metrics'
import { WebSocket } from 'k6/websockets'

const { RELAY_URL = '', SUBSCRIBERS = '50', DURATION = '10s' } = __ENV

export const options = {
  scenarios: {
    subscribers: {
      executor: 'per-vu-iterations',
      vus: Number(SUBSCRIBERS),
      iterations: 1,
      maxDuration: `${secondsOf(DURATION) + 30}s`,
    },
  },
  thresholds: {
    checks: ['rate==1'],
    frames_received: ['count>0'],
    socket_errors: ['count==0'],
    time_to_open: ['p(99)<2000'],
  },
}

const frames = new Counter('frames_received')
const bytes = new Counter('bytes_received')
const errors = new Counter('socket_errors')
const opened = new Trend('time_to_open', true)

/** Subscribes as any client does, from the oldest frame on, and reads for as long as it is told. */
export default function subscribe(): void {
  const beganAt = Date.now()
  let received = 0
  const socket = new WebSocket(`${RELAY_URL}/xrpc/com.atproto.sync.subscribeRepos?cursor=0`)
  socket.binaryType = 'arraybuffer'
  socket.addEventListener('open', () => {
    opened.add(Date.now() - beganAt)
    setTimeout(() => socket.close(), secondsOf(DURATION) * 1_000)
  })
  socket.addEventListener('message', (message) => {
    received += 1
    frames.add(1)
    bytes.add((message as { data: ArrayBuffer }).data.byteLength)
  })
  socket.addEventListener('error', () => errors.add(1))
  socket.addEventListener('close', () => check(received, { 'got frames': (count) => count > 0 }))
}

function secondsOf(text: string): number {
  return Number.parseFloat(text)
}
