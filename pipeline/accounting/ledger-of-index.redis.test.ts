import { expect } from 'vitest'
import { readGroups } from '#kernel/streams/read-groups.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { booksKey, LIVE_STREAM } from '#pipeline/contract.ts'
import { append, pendingCount, test } from '#test/support/indexing.ts'
import { aCreateEvent, aRev } from '#test/support/stream-events.ts'
import { createBookKeeper } from './book-keeper.ts'
import { trimAndCount } from './trim-and-count.ts'

const within = seconds(10)

const someCreates = (from: number, count: number) =>
  Array.from({ length: count }, (_, nth) => {
    const number = from + nth
    return aCreateEvent({ seq: number, did: `did:plc:user${number}`, rkey: `r${number}`, rev: aRev(number) })
  })

test('the books of a stream that the indexer reads balance, dead letters and the safe trim included', async ({
  redis,
  index,
}) => {
  await using _indexing = await index({})
  const keeper = createBookKeeper(redis, LIVE_STREAM)
  await until(async () => (await keeper.look()).length > 0, { within, what: 'group' })
  for (let round = 0; round < 3; round++) {
    await append(redis, someCreates(round * 100, 100))
    await redis.xadd(LIVE_STREAM, '*', 'event', '{')
    await until(
      async () =>
        Number(await redis.hget(booksKey(LIVE_STREAM), 'dead-lettered:firehose_group')) === round + 1,
      {
        within,
        what: 'dead letter',
      },
    )
    await until(async () => (await pendingCount(redis)) === 0, { within, what: 'acknowledgement' })
    const [group] = await readGroups(redis, LIVE_STREAM)
    await trimAndCount(redis, LIVE_STREAM, { keepFrom: group?.lastDeliveredId ?? '0-0', limit: 1_000 })
  }
  const [ledger] = await keeper.look()
  expect(ledger).toMatchObject({
    verdict: 'pass',
    terms: { added: 303, acknowledged: 300, deadLettered: 3, pending: 0, undelivered: 0 },
  })
})

test('bodies that are gone when they are delivered again are losses in the books', async ({
  redis,
  index,
}) => {
  await redis.xgroup('CREATE', LIVE_STREAM, 'firehose_group', '0', 'MKSTREAM')
  const keeper = createBookKeeper(redis, LIVE_STREAM)
  await keeper.look()
  await append(redis, someCreates(0, 10))
  await redis.xreadgroup('GROUP', 'firehose_group', 'indexer', 'COUNT', 4, 'STREAMS', LIVE_STREAM, '>')
  await redis.xtrim(LIVE_STREAM, 'MAXLEN', 7)
  await using _indexing = await index({ consumer: 'indexer', claimIdle: 200 })
  await until(async () => (await pendingCount(redis)) === 0, { within, what: 'acknowledgement' })
  await until(async () => (await keeper.look())[0]?.terms?.undelivered === 0, {
    within,
    what: 'caught-up group',
  })
  expect((await keeper.look())[0]).toMatchObject({ verdict: 'fail', balance: { lost: 3 } })
})
