import { describe, expect, test } from 'vitest'
import { aServer, someMemory, someSettings } from '#test/support/evidence.ts'
import { findingsOf, verdictOf } from '#test/support/verdicts.ts'
import { met27 } from '../profiles/met-27.ts'
import clientOutputBuffer from './client-output-buffer.ts'
import maxMemory from './max-memory.ts'
import memoryHeadroom from './memory-headroom.ts'
import streamNodeSize from './stream-node-size.ts'

const memory = someMemory({ limitBytes: 1_000_000 })
const settingsWith = (bytes: number, more: Record<string, string> = {}) =>
  someSettings({ maxmemory: String(bytes), ...more })

describe('max-memory', () => {
  test.each([
    { bytes: 0, verdict: 'fail' },
    { bytes: 600_000, verdict: 'pass' },
    { bytes: 600_001, verdict: 'warn' },
    { bytes: 750_000, verdict: 'warn' },
    { bytes: 750_001, verdict: 'fail' },
  ])('$bytes of 1,000,000 bytes is judged $verdict where Redis forks', ({ bytes, verdict }) => {
    expect(verdictOf(maxMemory, { memory, settings: settingsWith(bytes) })).toBe(verdict)
  })

  test.each([
    { bytes: 750_000, verdict: 'pass' },
    { bytes: 750_001, verdict: 'warn' },
    { bytes: 900_001, verdict: 'fail' },
  ])('$bytes of 1,000,000 bytes is judged $verdict where it never forks', ({ bytes, verdict }) => {
    const settings = settingsWith(bytes, { appendonly: 'no', save: '' })
    expect(verdictOf(maxMemory, { memory, settings })).toBe(verdict)
  })

  test('the remedy is a command with the number in it', () => {
    const settings = settingsWith(0)
    const [finding] = findingsOf(maxMemory, { memory: someMemory({ limitBytes: 10 * 1024 ** 3 }), settings })
    expect(finding?.remedy).toContain('CONFIG SET maxmemory 6144mb')
  })

  test.each([
    { bytes: 2 * 1024 ** 3, verdict: 'pass' },
    { bytes: 4 * 1024 ** 3, verdict: 'fail' },
    { bytes: 0, verdict: 'fail' },
  ])('met-27 asks for 2 GB: $bytes bytes is judged $verdict', ({ bytes, verdict }) => {
    expect(verdictOf(maxMemory, { settings: settingsWith(bytes) }, met27)).toBe(verdict)
  })
})

describe('memory-headroom', () => {
  test.each([
    { used: 749_999, verdict: 'pass' },
    { used: 750_000, verdict: 'warn' },
    { used: 900_000, verdict: 'fail' },
  ])('$used of 1,000,000 bytes used is judged $verdict', ({ used, verdict }) => {
    const server = aServer({ used_memory: String(used) })
    expect(verdictOf(memoryHeadroom, { server, settings: settingsWith(1_000_000) })).toBe(verdict)
  })

  test('without maxmemory, what the process occupies is held against the memory there is', () => {
    const server = aServer({ used_memory: '1', used_memory_rss: '900000' })
    const [finding] = findingsOf(memoryHeadroom, { server, memory, settings: settingsWith(0) })
    expect(finding).toMatchObject({ subject: 'used_memory_rss', verdict: 'fail' })
  })

  test('says for how long the rest lasts with no reader', () => {
    const server = aServer({ used_memory: '0' })
    const settings = settingsWith(600 * 700 * 3_600)
    const [finding] = findingsOf(memoryHeadroom, { server, settings, streams: [] })
    expect(finding?.observed).toContain('the rest lasts 60 min (600 events/s assumed, 700 B each)')
  })
})

test.each([
  { limit: 'normal 0 0 0 slave 1 1 60 pubsub 1 1 60', clients: '0', verdict: 'warn' },
  { limit: 'normal 0 0 0 slave 1 1 60 pubsub 1 1 60', clients: undefined, verdict: 'warn' },
  { limit: 'normal 0 0 0 slave 1 1 60 pubsub 1 1 60', clients: '5%', verdict: 'pass' },
  { limit: 'normal 268435456 0 0 slave 1 1 60 pubsub 1 1 60', clients: '0', verdict: 'pass' },
  { limit: 'slave 1 1 60', clients: '0', verdict: 'unknown' },
])('client-output-buffer-limit "$limit" with maxmemory-clients $clients is $verdict', (row) => {
  const settings = someSettings({
    'client-output-buffer-limit': row.limit,
    'maxmemory-clients': row.clients,
  })
  expect(verdictOf(clientOutputBuffer, { settings })).toBe(row.verdict)
})

test.each([
  { bytes: '4096', entries: '100', verdict: 'pass' },
  { bytes: '0', entries: '100', verdict: 'warn' },
  { bytes: '4096', entries: '1', verdict: 'warn' },
  { bytes: '65536', entries: '1000', verdict: 'pass' },
  { bytes: '1048576', entries: '10000', verdict: 'warn' },
])('nodes of $bytes bytes and $entries entries are judged $verdict', ({ bytes, entries, verdict }) => {
  const settings = someSettings({ 'stream-node-max-bytes': bytes, 'stream-node-max-entries': entries })
  expect(verdictOf(streamNodeSize, { settings })).toBe(verdict)
})

test('how full the nodes are is told beside their size', () => {
  expect(findingsOf(streamNodeSize)[0]?.observed).toBe('4 KiB; firehose_live has 10 entries per node')
})
