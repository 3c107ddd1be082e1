import { LISTING_DONE, listingTailKey } from '#pipeline/contract.ts'
import { defineCheck } from '../check.ts'
import { shellWord } from '../shell-word.ts'

export default defineCheck({
  id: 'listing-tail',
  title: 'A finished listing of repos has stored its last page',
  why: 'A listing that says it is done before its last batches are written loses up to 3,500 repos: they are never backfilled, and nothing asks for them again, since the listing is done.',
  remedy: 'list them again, repos that are there already cost one lookup each: redis-cli DEL <cursor key>',
  needs: ['cursors'],
  limits: {},

  judge: ({ cursors }) =>
    cursors.flatMap(({ cursors: stored }) =>
      stored
        .filter(({ value }) => value === LISTING_DONE)
        .map(({ key, hasTail }) => ({
          subject: key,
          verdict: hasTail ? 'pass' : 'warn',
          observed: hasTail
            ? 'done, and its last page was stored with it'
            : 'done, and nothing shows that its last page was ever written: the tail of the listing may be lost',
          expected: `${listingTailKey(key)} beside it`,
          evidence: [
            { command: `GET ${key}`, value: LISTING_DONE },
            { command: `GET ${listingTailKey(key)}`, value: hasTail ? '(there)' : 'nil' },
          ],
          remedy: `list them again, repos that are there already cost one lookup each: redis-cli DEL ${shellWord(key)}`,
        })),
    ),
})
