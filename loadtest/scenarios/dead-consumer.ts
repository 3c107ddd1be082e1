import { defineScenario } from '#loadtest/scenario.ts'

export default defineScenario({
  id: 'dead-consumer',
  title: 'A consumer dies with a thousand entries in its hands',
  asks: 'How long do the entries of a dead consumer wait until another one claims them, and is each committed once?',
  flows: [
    {
      name: 'live',
      phases: [{ name: 'load', lasts: 15, arrivals: { shape: 'constant', rate: 1_000 }, spread: 'poisson' }],
    },
  ],
  groups: [{ name: 'indexer', abandoned: 1_000, claimIdle: 5 }],
  thresholds: [
    { measure: 'claimed p99', atMost: 15_000 },
    { measure: 'committed p50', atMost: 100 },
  ],
})
