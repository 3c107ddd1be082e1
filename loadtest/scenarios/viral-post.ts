import { defineScenario } from '#loadtest/scenario.ts'

export default defineScenario({
  id: 'viral-post',
  title: 'A post takes off, and a few accounts make most of the traffic',
  asks: 'Does a sudden peak from very few accounts, whose events must stay in order, hold up the others?',
  flows: [
    {
      name: 'live',
      phases: [
        { name: 'warm-up', lasts: 2, arrivals: { shape: 'constant', rate: 1_000 }, warmUp: true },
        {
          name: 'surge',
          lasts: 20,
          arrivals: { shape: 'surge', base: 1_000, peak: 8_000, halfLife: 4 },
          spread: 'poisson',
        },
      ],
      entries: { hotAccounts: 2 },
    },
  ],
  groups: [{ name: 'indexer', consumers: 2 }],
  thresholds: [{ measure: 'committed p99', atMost: 2_000 }],
})
