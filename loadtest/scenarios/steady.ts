import { defineScenario } from '#loadtest/scenario.ts'

export default defineScenario({
  id: 'steady',
  title: 'A busy hour that never ends',
  asks: 'Does one group keep up with a steady rate, and how long does each event wait?',
  flows: [
    {
      name: 'live',
      phases: [
        { name: 'warm-up', lasts: 3, arrivals: { shape: 'constant', rate: 2_000 }, warmUp: true },
        { name: 'load', lasts: 20, arrivals: { shape: 'constant', rate: 2_000 }, spread: 'poisson' },
      ],
    },
  ],
  groups: [{ name: 'indexer' }],
  thresholds: [
    { measure: 'acknowledged p99', atMost: 100 },
    { measure: 'committed p99', atMost: 500 },
  ],
})
