import { defineScenario } from '#loadtest/scenario.ts'

export default defineScenario({
  id: 'many-groups',
  title: 'Six indexers read the same stream',
  asks: 'What does every further group cost, and does each get every event once?',
  flows: [
    {
      name: 'live',
      phases: [
        { name: 'warm-up', lasts: 2, arrivals: { shape: 'constant', rate: 1_000 }, warmUp: true },
        { name: 'load', lasts: 20, arrivals: { shape: 'constant', rate: 1_000 }, spread: 'poisson' },
      ],
    },
  ],
  groups: [
    { name: 'appview' },
    { name: 'search' },
    { name: 'feeds' },
    { name: 'archive', commitMs: 100 },
    { name: 'moderation' },
    { name: 'statistics' },
  ],
  thresholds: [{ measure: 'committed p99', atMost: 1_000 }],
})
