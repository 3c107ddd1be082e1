import { describe, expect, test } from 'vitest'
import { aDisk, aServer, aStream, aStreamState, someSettings } from '#test/support/evidence.ts'
import { findingsOf, verdictOf } from '#test/support/verdicts.ts'
import { met27 } from '../profiles/met-27.ts'
import aofRewrite from './aof-rewrite.ts'
import appendFsync from './append-fsync.ts'
import appendOnlyFile from './append-only-file.ts'
import diskHeadroom from './disk-headroom.ts'
import fileSystem from './file-system.ts'
import noAppendfsyncOnRewrite from './no-appendfsync-on-rewrite.ts'
import rdbSaveCoupling from './rdb-save-coupling.ts'

const GiB = 1024 ** 3
const withoutFile = { settings: someSettings({ appendonly: 'no' }) }

test.each([aofRewrite, appendFsync, diskHeadroom, noAppendfsyncOnRewrite])(
  '$id has nothing to look at without an append-only file, which append-only-file fails',
  (check) => {
    expect(verdictOf(check, withoutFile)).toBe('not-applicable')
  },
)

describe('append-only-file', () => {
  test('off is a failure that counts what a restart loses', () => {
    const [finding] = findingsOf(appendOnlyFile, withoutFile)
    expect(finding).toMatchObject({ verdict: 'fail', observed: 'no; a restart loses up to 1,000 entries' })
  })

  test('on, but unable to write, is a failure', () => {
    expect(verdictOf(appendOnlyFile, { server: aServer({ aof_last_write_status: 'err' }) })).toBe('fail')
  })
})

describe('append-fsync', () => {
  test.each([
    { policy: 'everysec', verdict: 'pass' },
    { policy: 'always', verdict: 'pass' },
    { policy: 'no', verdict: 'fail' },
  ])('$policy is judged $verdict', ({ policy, verdict }) => {
    expect(verdictOf(appendFsync, { settings: someSettings({ appendfsync: policy }) })).toBe(verdict)
  })

  test('what a power loss takes back is told in events, at the rate that the stream shows', () => {
    const streams = [
      aStream({
        state: aStreamState({
          length: 20_001,
          firstEntryId: '1763680000000-0',
          lastEntryId: '1763680010000-0',
        }),
      }),
    ]
    const [finding] = findingsOf(appendFsync, { streams })
    expect(finding?.observed).toBe('everysec; a power loss takes back about 2,000 events (2,000/s measured)')
  })

  test('a stream whose IDs are no time gives no rate: it is assumed, and said so', () => {
    const streams = [aStream({ state: aStreamState({ firstEntryId: '1-0', lastEntryId: '5000-0' }) })]
    expect(findingsOf(appendFsync, { streams })[0]?.observed).toContain('(600/s assumed)')
  })

  test('a disk that keeps fsyncs waiting is a warning, and the window is two seconds', () => {
    const [finding] = findingsOf(appendFsync, { server: aServer({ aof_delayed_fsync: '100' }) })
    expect(finding).toMatchObject({ verdict: 'warn' })
    expect(finding?.observed).toContain('the disk was too slow 100 times')
  })
})

describe('aof-rewrite', () => {
  test.each([
    { settings: { 'auto-aof-rewrite-min-size': String(GiB) }, verdict: 'pass' },
    { settings: { 'auto-aof-rewrite-min-size': String(GiB - 1) }, verdict: 'warn' },
    { settings: { 'auto-aof-rewrite-percentage': '0' }, verdict: 'fail' },
  ])('$settings is judged $verdict', ({ settings, verdict }) => {
    expect(verdictOf(aofRewrite, { settings: someSettings(settings) })).toBe(verdict)
  })

  test('a rewrite that failed is a failure', () => {
    expect(verdictOf(aofRewrite, { server: aServer({ aof_last_bgrewrite_status: 'err' }) })).toBe('fail')
  })

  test('met-27 accepts the 64 MB that it asks for', () => {
    const settings = someSettings({ 'auto-aof-rewrite-min-size': String(64 * 1024 ** 2) })
    expect(verdictOf(aofRewrite, { settings }, met27)).toBe('pass')
    expect(verdictOf(aofRewrite, { settings })).toBe('warn')
  })
})

test.each([
  { value: 'no', verdict: 'pass' },
  { value: 'yes', verdict: 'warn' },
])('no-appendfsync-on-rewrite $value is judged $verdict', ({ value, verdict }) => {
  const settings = someSettings({ 'no-appendfsync-on-rewrite': value })
  expect(verdictOf(noAppendfsyncOnRewrite, { settings })).toBe(verdict)
})

test.each([
  { save: '', stops: 'yes', last: 'ok', verdict: 'pass' },
  { save: '', stops: 'yes', last: 'err', verdict: 'pass' },
  { save: '900 1', stops: 'yes', last: 'ok', verdict: 'warn' },
  { save: '900 1', stops: 'no', last: 'err', verdict: 'warn' },
  { save: '900 1', stops: 'yes', last: 'err', verdict: 'fail' },
])(
  'save "$save", stop-writes $stops, last snapshot $last is judged $verdict',
  ({ save, stops, last, verdict }) => {
    const settings = someSettings({ save, 'stop-writes-on-bgsave-error': stops })
    const server = aServer({ rdb_last_bgsave_status: last })
    expect(verdictOf(rdbSaveCoupling, { settings, server })).toBe(verdict)
  },
)

describe('disk-headroom', () => {
  test.each([
    { free: 4 * GiB, verdict: 'pass' },
    { free: 4 * GiB - 1, verdict: 'warn' },
    { free: 2 * GiB - 1, verdict: 'fail' },
  ])('$free bytes beside a file and data of 1 GiB each are judged $verdict', ({ free, verdict }) => {
    expect(verdictOf(diskHeadroom, { disk: aDisk({ freeBytes: free }) })).toBe(verdict)
  })

  test('an empty buffer still wants a gigabyte free', () => {
    const server = aServer({ aof_current_size: '0', used_memory: '1000000' })
    expect(verdictOf(diskHeadroom, { server, disk: aDisk({ freeBytes: GiB }) })).toBe('pass')
    expect(verdictOf(diskHeadroom, { server, disk: aDisk({ freeBytes: GiB - 1 }) })).toBe('warn')
    expect(verdictOf(diskHeadroom, { server, disk: aDisk({ freeBytes: GiB / 2 - 1 }) })).toBe('fail')
  })

  test.each(['tmpfs', 'nfs'] as const)('a file on %s is a warning, however much room there is', (kind) => {
    expect(verdictOf(fileSystem, { disk: aDisk({ fileSystem: kind }) })).toBe('warn')
  })
})
