import { defineScenario } from '#loadtest/scenario.ts'

export default defineScenario({
  id: 'large-records',
  title: 'Records of twenty kilobytes',
  asks: 'What do large records do to latency and memory, when bytes and not entries fill the batches?',
  flows: [
    {
      name: 'live',
      phases: [
        { name: 'warm-up', lasts: 2, arrivals: { shape: 'constant', rate: 500 }, warmUp: true },
        { name: 'load', lasts: 15, arrivals: { shape: 'constant', rate: 500 }, spread: 'poisson' },
      ],
      entries: { padBytes: 20_000 },
    },
  ],
  groups: [{ name: 'indexer' }],
  thresholds: [{ measure: 'committed p99', atMost: 1_000 }],
})
