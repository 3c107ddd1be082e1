import { faker as german } from '@faker-js/faker/locale/de'
import { faker as english } from '@faker-js/faker/locale/en'
import { faker as spanish } from '@faker-js/faker/locale/es'
import { faker as french } from '@faker-js/faker/locale/fr'
import { faker as japanese } from '@faker-js/faker/locale/ja'
import { faker as korean } from '@faker-js/faker/locale/ko'
import { faker as portuguese } from '@faker-js/faker/locale/pt_BR'
import type { EventMix } from './event-mix.ts'
import { LANGUAGES, type Language } from './language.ts'
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

const SPEAKERS: Readonly<Record<Language, () => string>> = {
  en: () => english.word.words({ count: { min: 3, max: 14 } }),
  ja: () => japanese.lorem.sentence({ min: 2, max: 9 }).replaceAll(' ', ''),
  pt: () => portuguese.lorem.sentence({ min: 3, max: 12 }),
  es: () => spanish.lorem.sentence({ min: 3, max: 12 }),
  de: () => german.lorem.sentence({ min: 3, max: 12 }),
  fr: () => french.lorem.sentence({ min: 3, max: 12 }),
  ko: () => korean.lorem.sentence({ min: 2, max: 8 }),
}

const SPEAKING = [english, japanese, portuguese, spanish, german, french, korean]

/** The same seed and habits give the same texts. */
export function textPool(seed: number, habits: EventMix['posts']): TextPool {
  for (const faker of SPEAKING) faker.seed(seed)
  const random = seededRandom(seed)
  const language = weighted(weightsOf(habits))
  const many = (make: () => string) => Array.from({ length: OTHERS }, make)
  return {
    posts: Array.from({ length: POSTS }, () => postIn(language(random), lengthOfPost(random, habits))),
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

function weightsOf({ languages }: EventMix['posts']): Record<Language, number> {
  const entries = LANGUAGES.map((language) => [language, languages[language] ?? 0] as const)
  return Object.fromEntries(entries) as Record<Language, number>
}

function postIn(language: Language, length: number) {
  let text = SPEAKERS[language]()
  while (text.length < length) text += `${language === 'ja' ? '' : '. '}${SPEAKERS[language]()}`
  return { text: text.slice(0, length).trim(), langs: [language] }
}

/** Most posts are a line, some fill the box. */
function lengthOfPost(random: Random, { medianLength, lengthSpread }: EventMix['posts']): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
  return Math.max(4, Math.min(MOST_CHARACTERS, Math.round(medianLength * Math.exp(lengthSpread * normal))))
}
