import { defineScenario } from '#loadtest/scenario.ts'

export default defineScenario({
  id: 'poison',
  title: 'One entry in a hundred is no event',
  asks: 'Does every entry that nobody can read end in the dead letters, and hold up none of the others?',
  flows: [
    {
      name: 'live',
      phases: [
        { name: 'warm-up', lasts: 2, arrivals: { shape: 'constant', rate: 1_000 }, warmUp: true },
        { name: 'load', lasts: 15, arrivals: { shape: 'constant', rate: 1_000 }, spread: 'poisson' },
      ],
      entries: { poison: 0.01 },
    },
  ],
  groups: [{ name: 'indexer' }],
  thresholds: [{ measure: 'committed p99', atMost: 1_000 }],
})
