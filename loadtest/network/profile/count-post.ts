import { z } from 'zod'
import type { Sample } from './sample.ts'

const postSchema = z.object({
  text: z.string().catch(''),
  langs: z.array(z.string()).catch([]),
  reply: z.unknown().optional(),
  embed: z.object({ $type: z.string() }).optional().catch(undefined),
  facets: z.array(z.object({ features: z.array(z.object({ $type: z.string() })) })).catch([]),
})

const MOST_LENGTHS = 100_000

const EMBEDS: Readonly<Record<string, 'images' | 'externals' | 'quotes'>> = {
  'app.bsky.embed.images': 'images',
  'app.bsky.embed.video': 'images',
  'app.bsky.embed.external': 'externals',
  'app.bsky.embed.record': 'quotes',
  'app.bsky.embed.recordWithMedia': 'quotes',
}

/** Adds one post to a sample; a record that is none is passed over. */
export function countPost(sample: Sample, record: unknown): void {
  const { success, data } = postSchema.safeParse(record)
  if (!success) return
  const { text, langs, reply, embed, facets } = data
  sample.posts += 1
  if (reply !== undefined) sample.replies += 1
  const kind = EMBEDS[embed?.$type ?? '']
  if (kind) sample[kind] += 1
  if (facets.some(({ features }) => features.some(({ $type }) => $type === 'app.bsky.richtext.facet#tag')))
    sample.tags += 1
  if (sample.lengths.length < MOST_LENGTHS) sample.lengths.push(text.length)
  countLanguage(sample, langs[0])
}

function countLanguage({ languages }: Sample, tag: string | undefined): void {
  const [language] = tag?.split('-') ?? []
  if (language !== undefined) languages.set(language, (languages.get(language) ?? 0) + 1)
}
