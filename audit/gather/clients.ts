import type { ClientEvidence } from '../evidence/client-evidence.ts'
import { MissingEvidence } from '../missing-evidence.ts'
import type { Gatherer } from './source.ts'

/** CLIENT LIST is O(connections): beyond this many it would hold up the server for a millisecond and more. */
const MOST_CLIENTS = 500

/** `CLIENT LIST`, where there are few enough connections to list them. */
export const gatherClients: Gatherer<'clients'> = async ({ redis, read }) => {
  const connected = (await read('server')).number('connected_clients')
  if (connected > MOST_CLIENTS) {
    throw new MissingEvidence(
      `${connected} connections are too many to list without holding up the server; redis-cli CLIENT LIST shows them`,
    )
  }
  const list = (await redis.client('LIST')) as string
  return list.split('\n').filter(Boolean).map(toClient)
}

/** `id=4 addr=… name=… flags=N … cmd=xreadgroup user=default …`; names hold no blanks. */
function toClient(line: string): ClientEvidence {
  const fields = new Map(
    line.split(' ').map((pair) => [pair.split('=', 1)[0] ?? '', pair.replace(/^[^=]*=/, '')]),
  )
  const text = (name: string) => fields.get(name) ?? ''
  return {
    address: text('addr'),
    name: text('name'),
    user: text('user'),
    database: Number(text('db')),
    command: text('cmd').toLowerCase(),
    blocked: text('flags').includes('b'),
    idleSeconds: Number(text('idle')),
    outputBytes: Number(text('omem')),
  }
}
