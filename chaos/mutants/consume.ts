import type { Attempt } from '#loadtest/ledger/attempt.ts'
import { type Bench, type Delivered, GROUP, STREAM } from './bench.ts'

type Reply = [stream: string, entries: [id: string, fields: string[] | null][]][] | null

/** Reads what is new (`>`), or what this consumer holds already (`0`). */
export async function read(
  { redis }: Bench,
  consumer: string,
  from: '>' | '0',
  count = 100,
): Promise<Delivered[]> {
  const reply = (await redis.xreadgroup(
    'GROUP',
    GROUP,
    consumer,
    'COUNT',
    count,
    'STREAMS',
    STREAM,
    from,
  )) as Reply
  return (reply?.[0]?.[1] ?? []).flatMap(([id, fields]) => (fields ? [{ id, event: eventOf(fields) }] : []))
}

/** Commits as a sound sink does: only what is beyond the stored revision changes anything. */
export function commit({ effects, revs }: Bench, delivered: readonly Delivered[]): void {
  for (const { id, event } of delivered) {
    const applied = (revs.get(event.rkey ?? '') ?? '') < (event.rev ?? '')
    if (applied) revs.set(event.rkey ?? '', event.rev ?? '')
    effects.push({ ...event, entryId: id, applied })
  }
}

export async function acknowledge({ redis }: Bench, delivered: readonly Delivered[]): Promise<void> {
  if (delivered.length > 0) await redis.xack(STREAM, GROUP, ...delivered.map(({ id }) => id))
}

/** Takes everything that the dead consumer held, and everything new, and treats it as a sound consumer does. */
export async function takeOver(bench: Bench, consumer: string): Promise<void> {
  await claimAll(bench, consumer)
  for (const from of ['0', '>'] as const) {
    const delivered = await read(bench, consumer, from)
    commit(bench, delivered)
    await acknowledge(bench, delivered)
  }
}

/** Makes this consumer the holder of all that is pending. */
export async function claimAll({ redis }: Bench, consumer: string): Promise<void> {
  await redis.xautoclaim(STREAM, GROUP, consumer, 0, '0', 'COUNT', 100)
}

function eventOf(fields: readonly string[]): Attempt {
  const { type, ...event } = JSON.parse(fields[1] ?? '') as Attempt & { type: Attempt['action'] }
  return { ...event, action: type }
}
