import { defineScenario } from '#loadtest/scenario.ts'

export default defineScenario({
  id: 'day-night',
  title: 'Two days in half a minute',
  asks: 'Does the pipeline follow the slow rise and fall of a day without a backlog?',
  flows: [
    {
      name: 'live',
      phases: [
        { name: 'warm-up', lasts: 2, arrivals: { shape: 'constant', rate: 1_500 }, warmUp: true },
        {
          name: 'two days',
          lasts: 30,
          arrivals: { shape: 'day-night', mean: 2_000, swing: 0.8, dayLasts: 15 },
          spread: 'poisson',
        },
      ],
    },
  ],
  groups: [{ name: 'indexer' }],
  thresholds: [{ measure: 'committed p99', atMost: 500 }],
})
