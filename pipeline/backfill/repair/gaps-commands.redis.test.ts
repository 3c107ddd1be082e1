import type { Redis } from 'ioredis'
import { expect } from 'vitest'
import { EXIT } from '#kernel/cli/exit-code.ts'
import { UsageError } from '#kernel/errors.ts'
import { hostedPopulation } from '#loadtest/network/hosts/hosted-population.ts'
import type { HostedRepo } from '#loadtest/network/hosts/hosted-repo.ts'
import { startListingHost, toListing } from '#loadtest/network/hosts/listing-host.ts'
import { misbehave } from '#loadtest/network/hosts/misbehaviour.ts'
import { startBackfiller } from '#pipeline/backfill/start-backfiller.ts'
import { GAP_FIELD, type Gap, gapStream, LIVE_STREAM } from '#pipeline/contract.ts'
import { command as close } from '#pipeline/ingest/gaps/close.command.ts'
import { backfillerOptions, hosting } from '#test/support/backfill.ts'
import { test } from '#test/support/redis.ts'
import { runCommand } from '#test/support/run-command.ts'
import { command as list } from './gaps-list.command.ts'
import { command as repair } from './gaps-repair.command.ts'

const at = ({ url }: { url: string }) => ['--redis-url', url]

const record = async (redis: Redis, host: string): Promise<string> => {
  const gap: Gap = {
    host,
    reason: 'outdated-cursor',
    from: { seq: 5, time: null },
    to: { seq: 9, time: '2026-01-02T12:00:00.000Z' },
    noticedAt: '2026-01-02T13:00:00.000Z',
  }
  return String(await redis.xadd(gapStream(LIVE_STREAM), '*', GAP_FIELD, JSON.stringify(gap)))
}

test('gaps list names what is open and what is known of it, and passes over what is no gap', async ({
  server,
  redis,
}) => {
  expect((await runCommand(list, at(server))).stdout).toBe('firehose_live: 0 gaps are open\n')
  const id = await record(redis, 'relay.test')
  await redis.xadd(gapStream(LIVE_STREAM), '*', GAP_FIELD, '{')
  const { stdout } = await runCommand(list, at(server))
  expect(stdout).toContain('firehose_live: 1 gap is open\n')
  expect(stdout).toMatch(new RegExp(`${id}  relay.test  outdated-cursor  5 .* not begun\n`))
})

test('gaps close only says what it would do, unless told to do it, and keeps why', async ({
  server,
  redis,
}) => {
  const id = await record(redis, 'relay.test')
  const args = [id, '--because', 'the labeler was replayed', ...at(server)]
  expect((await runCommand(close, args)).stdout).toContain('nothing was changed')
  expect(await redis.xlen(gapStream(LIVE_STREAM))).toBe(1)
  expect((await runCommand(close, [...args, '--yes'])).stdout).toBe('1 gap closed unrepaired; 0 left open\n')
  const { stdout } = await runCommand(list, [...at(server), '--json'])
  expect(JSON.parse(stdout)).toMatchObject({
    open: [],
    closed: [{ host: 'relay.test', closing: { by: 'operator', because: 'the labeler was replayed' } }],
  })
  await expect(runCommand(close, [...args, '--yes'])).rejects.toThrow(UsageError)
})

test('gaps repair ends with 0 once every repo was fetched, and with 2 when one could not be', async ({
  server,
  redis,
}) => {
  const repos = hostedPopulation({ seed: 8, repos: 3, records: 1 })
  const [first] = repos as [HostedRepo]
  await using hosts = await hosting(repos)
  await using lister = await startListingHost()
  lister.list(...repos.map(toListing))
  await using _backfiller = await startBackfiller(backfillerOptions(server.url, hosts))
  const args = [...at(server), '--relay', lister.url]
  const host = new URL(lister.url).host
  expect(await runCommand(repair, args)).toMatchObject({
    code: EXIT.ok,
    stdout: `no gap of ${lister.url} is open\n`,
  })

  await record(redis, host)
  expect(await runCommand(repair, args)).toMatchObject({
    code: EXIT.ok,
    stdout: `1 gap of ${lister.url} closed, 3 repos fetched again\n`,
    stderr: 'repairing 1 gap\n',
  })
  await record(redis, host)
  hosts.hostOf(first).failAlways(first.did, misbehave.refuse(404, 'RepoNotFound'))
  const { code, stdout } = await runCommand(repair, [...args, '--json'])
  expect(code).toBe(EXIT.unknown)
  expect(JSON.parse(stdout)).toMatchObject({ closed: 1, queued: 3, fetched: 2, deadLettered: 1 })
})

test('gaps repair that is told to stop leaves the repair where it stands', async ({ server, redis }) => {
  await using lister = await startListingHost()
  lister.list(...hostedPopulation({ seed: 8, repos: 3, records: 1 }).map(toListing))
  await record(redis, new URL(lister.url).host)
  const stop = AbortSignal.timeout(200)
  await expect(runCommand(repair, [...at(server), '--relay', lister.url], stop)).rejects.toThrow()
  const { stdout } = await runCommand(list, at(server))
  expect(stdout).toContain('fetching: 0 of 3 repos')
})
