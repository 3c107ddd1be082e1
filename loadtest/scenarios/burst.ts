import { defineScenario } from '#loadtest/scenario.ts'

export default defineScenario({
  id: 'burst',
  title: 'Ten times the rate, again and again',
  asks: 'Does the buffer take bursts of ten times the rate, and is it level again before the next one?',
  flows: [
    {
      name: 'live',
      phases: [
        { name: 'warm-up', lasts: 2, arrivals: { shape: 'constant', rate: 1_000 }, warmUp: true },
        {
          name: 'bursts',
          lasts: 20,
          arrivals: { shape: 'bursts', base: 1_000, peak: 10_000, every: 5, burstLasts: 1 },
          spread: 'poisson',
        },
      ],
    },
  ],
  groups: [{ name: 'indexer' }],
  thresholds: [{ measure: 'committed p99', atMost: 2_000 }],
})
