import { judgeCeiling } from '#kernel/verdict/ceiling.ts'
import { deadLetterStream } from '#pipeline/contract.ts'
import { defineCheck } from '../check.ts'
import { countEntries } from '../quote-group.ts'
import { shellWord } from '../shell-word.ts'

const remedyFor = (stream: string): string =>
  `standpipe dead-letters list --stream ${stream} shows why; mend the cause; then standpipe dead-letters replay --stream ${stream}`

export default defineCheck({
  id: 'dead-letter-backlog',
  title: 'No event waits among the dead letters',
  why: 'A dead letter is an event that is not indexed: it failed more often than allowed. It stays until somebody replays or purges it, and takes memory from the buffer meanwhile.',
  remedy: remedyFor('<stream>'),
  runbook: 'stream-pending-idle',
  needs: ['streams'],
  limits: { warnAt: 1, failAt: 1_000 },

  judge: ({ streams }, { limits }) =>
    streams
      .filter(({ state, deadLetters }) => state !== null || deadLetters > 0)
      .map(({ stream, deadLetters }) => ({
        subject: deadLetterStream(stream),
        verdict: judgeCeiling(deadLetters, limits),
        observed: countEntries(deadLetters),
        expected: 'none',
        evidence: [{ command: `XINFO STREAM ${deadLetterStream(stream)}`, value: `length=${deadLetters}` }],
        remedy: remedyFor(shellWord(stream)),
      })),
})
