import { faker as english } from '@faker-js/faker/locale/en'
import { faker as japanese } from '@faker-js/faker/locale/ja'
import { faker as portuguese } from '@faker-js/faker/locale/pt_BR'
import { type Random, seededRandom } from './random.ts'
import { weighted } from './weighted.ts'

/** Texts made once, before the first event: composing a record only picks. */
export interface TextPool {
  readonly posts: readonly { readonly text: string; readonly langs: readonly string[] }[]
  readonly names: readonly string[]
  readonly bios: readonly string[]
  readonly handles: readonly string[]
  readonly titles: readonly string[]
  readonly links: readonly string[]
  readonly tags: readonly string[]
}

const POSTS = 1_500
const OTHERS = 250

/** Longest text of a post, in characters. */
const MOST_CHARACTERS = 300

const LANGUAGES = { en: 0.65, ja: 0.2, pt: 0.15 } as const

const SPEAKERS = {
  en: () => english.word.words({ count: { min: 3, max: 14 } }),
  ja: () => japanese.lorem.sentence({ min: 2, max: 9 }).replaceAll(' ', ''),
  pt: () => portuguese.lorem.sentence({ min: 3, max: 12 }),
} as const

/** The same seed gives the same texts. */
export function textPool(seed: number): TextPool {
  for (const faker of [english, japanese, portuguese]) faker.seed(seed)
  const random = seededRandom(seed)
  const language = weighted(LANGUAGES)
  const many = (make: () => string) => Array.from({ length: OTHERS }, make)
  return {
    posts: Array.from({ length: POSTS }, () => postIn(language(random), random)),
    names: many(() => english.person.fullName()),
    bios: many(() => `${english.person.bio()}\n${english.word.words({ count: { min: 3, max: 25 } })}`),
    handles: many(() =>
      english.internet
        .username()
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, '-'),
    ),
    titles: many(() => english.company.catchPhrase()),
    links: many(() => english.internet.url({ appendSlash: true }) + english.lorem.slug()),
    tags: many(() => english.word.noun().replaceAll(/\W/g, '')),
  }
}

function postIn(language: keyof typeof LANGUAGES, random: Random) {
  const length = lengthOfPost(random)
  let text = SPEAKERS[language]()
  while (text.length < length) text += `${language === 'ja' ? '' : '. '}${SPEAKERS[language]()}`
  return { text: text.slice(0, length).trim(), langs: [language] }
}

/** Most posts are a line, some fill the box: log-normal around 70 characters. */
function lengthOfPost(random: Random): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
  return Math.max(4, Math.min(MOST_CHARACTERS, Math.round(70 * Math.exp(0.9 * normal))))
}
