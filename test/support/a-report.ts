import type { Moment, Plot, Report, Section } from '#kernel/report/report.ts'

const MIB = 1024 ** 2

/** A report like that of a real preflight: every verdict, every kind of plot, an outage with its marks. */
export function aReport(changes: Partial<Report> = {}): Report {
  return {
    schema: 'standpipe/report@1',
    area: 'preflight',
    subject: 'a private Redis 7.0.15 on this machine',
    startedAt: '2026-08-03T12:00:00.000Z',
    finishedAt: '2026-08-03T12:01:43.200Z',
    environment: {
      standpipe: '0.1.0',
      node: 'v24.21.0',
      redis: '7.0.15 (standalone, AOF everysec, noeviction)',
      host: 'linux x64, 2 cores, 7.8 GiB',
      'redis-url': 'unix:///tmp/standpipe-redis-x1/redis.sock',
      'high-water': '1000000',
    },
    verdict: 'fail',
    sections: [audit(), capacity(), endToEnd(), drill(), alerts()],
    caveats: [
      'network between hosts: everything ran over loopback',
      'power loss: kill -9 keeps the page cache, so the everysec window was not put to the test',
    ],
    ...changes,
  }
}

function audit(): Section {
  return {
    title: 'Is this Redis configured for a buffer that must not lose data?',
    verdict: 'warn',
    statements: [
      {
        subject: 'eviction-policy',
        verdict: 'pass',
        says: 'maxmemory-policy is noeviction',
        expected: 'noeviction',
        why: 'Under allkeys-lru one eviction deletes the whole stream with every unread entry.',
      },
      {
        subject: 'memory-headroom',
        verdict: 'warn',
        says: 'maxmemory is 78 % of the memory of the host',
        expected: 'at most 60 %, because a rewrite of the append-only file can double what Redis uses',
        why: 'When the kernel ends Redis in the middle of a rewrite, up to 2 s of events (1,200 at your rate) are gone.',
        remedy: 'redis-cli CONFIG SET maxmemory 4gb',
      },
      {
        subject: 'append-fsync',
        verdict: 'pass',
        says: 'appendfsync is everysec',
        expected: 'everysec or always',
      },
      { subject: 'rdb-save-coupling', verdict: 'not-applicable', says: 'no RDB save points are configured' },
    ],
    measurements: [],
    plots: [],
    timeline: [],
  }
}

function capacity(): Section {
  return {
    title: 'How many hours of firehose does it hold?',
    verdict: 'pass',
    answer: '611 bytes per entry: 3.9 h at 600 events/s before maxmemory is reached',
    statements: [
      {
        subject: 'hours of buffer',
        verdict: 'pass',
        says: '3.9 h at 600 events/s',
        expected: 'at least 2 h',
      },
    ],
    measurements: [
      {
        name: 'memory per entry',
        unit: 'bytes/entry',
        value: 611.4,
        samples: 200_000,
        method: 'used_memory after less before, divided by entries',
      },
      {
        name: 'append rate',
        unit: 'entries/s',
        value: 163_412.7,
        samples: 400,
        method: 'batches of 500, 4 in flight, one connection',
      },
      {
        name: 'hours of buffer at 600 events/s',
        unit: 'hours',
        value: 3.9,
        samples: 1,
        method: 'maxmemory less 10 %, divided by bytes per entry and rate',
      },
      {
        name: 'hours of buffer at your rate',
        unit: 'hours',
        value: null,
        samples: 0,
        method: '--events-per-second was not given',
      },
    ],
    plots: [
      {
        title: 'Memory while the stream fills',
        unit: 'bytes',
        x: 'seconds',
        series: [{ name: 'used_memory', points: curve(40, 0.05, (at) => (3 + at * 58) * MIB) }],
        ceiling: { name: 'maxmemory', value: 256 * MIB },
        method: 'INFO memory every 50 ms, 40 samples',
      },
    ],
    timeline: [],
  }
}

function endToEnd(): Section {
  return {
    title: 'Does every event arrive, once?',
    verdict: 'pass',
    answer: '50,000 events sent, 50,000 in PostgreSQL, none lost, none twice',
    statements: [
      {
        subject: 'ledger',
        verdict: 'pass',
        says: '50,000 attempted, 50,000 effects, 0 lost, 0 duplicated, 0 unexpected',
        expected: '0 lost, 0 duplicated',
      },
    ],
    measurements: [
      {
        name: 'end-to-end latency, p50',
        unit: 'ms',
        value: 3.2,
        samples: 50_000,
        method: 'from the intended time of the event to the commit in PostgreSQL',
      },
      { name: 'end-to-end latency, p99.9', unit: 'ms', value: 412, samples: 50_000, method: 'as above' },
    ],
    plots: [latencies(), throughput([])],
    timeline: [],
  }
}

function drill(): Section {
  const timeline: Moment[] = [
    { at: 5, kind: 'note', what: 'steady state confirmed: lag 0, pending below 500' },
    { at: 10, kind: 'fault', what: 'kill -9 of redis-server, pid 4711, with 312 entries pending' },
    { at: 10.4, kind: 'note', what: 'redis-server started again' },
    { at: 13.1, kind: 'alert', what: 'RedisDown fired' },
    { at: 17.8, kind: 'recovery', what: 'lag back to 0, every pending entry acknowledged' },
  ]
  return {
    title: 'What happens when Redis is killed in the middle of the flow?',
    verdict: 'fail',
    answer: 'Nothing was lost, but recovery took 7.8 s where 5 s were allowed',
    statements: [
      { subject: 'loss', verdict: 'pass', says: '0 of 24,000 events lost', expected: '0' },
      {
        subject: 'recovery time',
        verdict: 'fail',
        says: '7.8 s until lag was 0 again',
        expected: 'at most 5 s',
        why: 'While it lasts, indexes are stale.',
        remedy: 'add a second indexer, or raise --lanes',
      },
    ],
    measurements: [
      { name: 'recovery', unit: 's', value: 7.8, samples: 1, method: 'from the fault to lag 0' },
    ],
    plots: [throughput(timeline), lag()],
    timeline,
  }
}

function alerts(): Section {
  return {
    title: 'Would anybody have been told?',
    verdict: 'unknown',
    statements: [
      {
        subject: 'RedisDown',
        verdict: 'unknown',
        says: 'no Prometheus is installed here',
        remedy: 'apt-get install prometheus',
      },
    ],
    measurements: [],
    plots: [],
    timeline: [],
  }
}

function throughput(timeline: readonly Moment[]): Plot {
  const down = (at: number) => timeline.length > 0 && at > 10 && at < 12
  return {
    title: 'Throughput',
    unit: 'events/s',
    x: 'seconds',
    series: [
      { name: 'appended', points: curve(90, 0.25, (at) => (down(at) ? 0 : 1_000 + 60 * Math.sin(at * 2.1))) },
      {
        name: 'indexed',
        points: curve(90, 0.25, (at) => (down(at) ? null : 985 + 90 * Math.sin(at * 1.3 + 1))),
      },
    ],
    method: 'difference of two counters, every 250 ms',
  }
}

function lag(): Plot {
  const height = (at: number) => (at < 10 ? 120 : Math.max(90, 5_200 - Math.abs(at - 12.5) * 960))
  return {
    title: 'Entries not yet delivered to the group',
    unit: 'entries',
    x: 'seconds',
    series: [{ name: 'lag', points: curve(90, 0.25, (at) => (at > 10 && at < 10.6 ? null : height(at))) }],
    method: 'XINFO GROUPS every 250 ms; a gap where Redis did not answer',
  }
}

function latencies(): Plot {
  const points = [0, 25, 50, 75, 90, 95, 99, 99.9, 99.99, 100].map((p) => {
    const nines = -Math.log10(1 - Math.min(p, 99.998) / 100)
    return [p, 1.8 + 0.9 * nines ** 4.6] as const
  })
  return {
    title: 'End-to-end latency by percentile',
    unit: 'ms',
    x: 'percentile',
    series: [
      { name: 'event to commit', points },
      { name: 'append', points: points.map(([p, y]) => [p, y / 6] as const) },
    ],
    method: 'HdrHistogram, three digits, 50,000 samples, counted from the intended time',
  }
}

function curve(count: number, step: number, height: (at: number) => number | null) {
  return Array.from({ length: count }, (_, index) => [index * step, height(index * step)] as const)
}
