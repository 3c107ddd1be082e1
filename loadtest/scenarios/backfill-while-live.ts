import { defineScenario } from '#loadtest/scenario.ts'

export default defineScenario({
  id: 'backfill-while-live',
  title: 'A backfill at five times the rate, beside the live firehose',
  asks: 'Do live events keep their latency while the same consumers work through a backfill?',
  flows: [
    {
      name: 'live',
      phases: [
        { name: 'warm-up', lasts: 2, arrivals: { shape: 'constant', rate: 1_000 }, warmUp: true },
        { name: 'load', lasts: 15, arrivals: { shape: 'constant', rate: 1_000 }, spread: 'poisson' },
      ],
    },
    {
      name: 'backfill',
      phases: [
        { name: 'quiet', lasts: 4, arrivals: { shape: 'constant', rate: 1 }, warmUp: true },
        { name: 'backfill', lasts: 8, arrivals: { shape: 'constant', rate: 5_000 } },
      ],
    },
  ],
  groups: [{ name: 'indexer' }],
  thresholds: [{ measure: 'live committed p99', atMost: 1_000 }],
})
