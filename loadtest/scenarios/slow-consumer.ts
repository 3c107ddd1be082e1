import { defineScenario } from '#loadtest/scenario.ts'

export default defineScenario({
  id: 'slow-consumer',
  title: 'A database that takes a quarter of a second for every commit',
  asks: 'Do batches grow with the wait, so that a slow sink delays events and loses none?',
  flows: [
    {
      name: 'live',
      phases: [
        { name: 'warm-up', lasts: 2, arrivals: { shape: 'constant', rate: 1_000 }, warmUp: true },
        { name: 'load', lasts: 20, arrivals: { shape: 'constant', rate: 1_000 }, spread: 'poisson' },
      ],
    },
  ],
  groups: [{ name: 'indexer', commitMs: 250 }],
  thresholds: [{ measure: 'committed p99', atMost: 3_000 }],
})
