import { hash } from 'node:crypto'
import { CidLinkWrapper } from '@atcute/cbor'
import type { EventMix, RecordKind } from './event-mix.ts'
import type { Random } from './random.ts'
import type { RecentPost } from './recent-posts.ts'
import type { TextPool } from './text-pool.ts'

/** All that a record may be made of. */
export interface Scene {
  readonly random: Random
  readonly texts: TextPool
  readonly mix: EventMix
  /** ISO 8601. */
  readonly createdAt: string
  /** A post that someone wrote not long ago. */
  readonly aPost: () => RecentPost
}

/** A record and where it goes; `rkey` is `null` where each record has a TID of its own. */
export interface Composed {
  readonly collection: string
  readonly rkey: 'self' | null
  readonly record: Readonly<Record<string, unknown>>
}

/** Composes a record of each kind; sizes and shapes follow the lexicons of `app.bsky`. */
export const COMPOSERS: Readonly<Record<RecordKind, (scene: Scene) => Composed>> = {
  like: (scene) => aboutPost('app.bsky.feed.like', scene),
  repost: (scene) => aboutPost('app.bsky.feed.repost', scene),
  follow: (scene) => aboutSomeone('app.bsky.graph.follow', scene),
  block: (scene) => aboutSomeone('app.bsky.graph.block', scene),
  post: (scene) => of('app.bsky.feed.post', composePost(scene)),
  profile: ({ random, texts, createdAt }) =>
    of(
      'app.bsky.actor.profile',
      {
        createdAt,
        displayName: random.pick(texts.names),
        description: random.pick(texts.bios),
        avatar: aBlob(random),
      },
      'self',
    ),
  declaration: ({ random }) =>
    of('chat.bsky.actor.declaration', { allowIncoming: random.pick(['all', 'following', 'none']) }, 'self'),
  other: ({ random, texts, createdAt }) =>
    of(random.pick(OTHER_COLLECTIONS), {
      createdAt,
      title: random.pick(texts.titles),
      url: random.pick(texts.links),
      note: random.pick(texts.posts).text,
    }),
}

/** The gate that some authors put on the thread they start; it shares its post's rkey. */
export function composeThreadgate(uri: string, createdAt: string): Composed {
  return of('app.bsky.feed.threadgate', { post: uri, allow: [], createdAt })
}

const OTHER_COLLECTIONS = [
  'org.example.journal.entry',
  'net.example.music.play',
  'com.example.links.bookmark',
]

const RAW_SHA256 = Buffer.from([0x01, 0x55, 0x12, 0x20])

const BLOBS = Array.from({ length: 256 }, (_, index) => ({
  $type: 'blob',
  ref: new CidLinkWrapper(Buffer.concat([RAW_SHA256, hash('sha256', `blob ${index}`, 'buffer')])),
  mimeType: 'image/jpeg',
  size: 20_000 + index * 3_571,
}))

function of(collection: string, fields: object, rkey: Composed['rkey'] = null): Composed {
  return { collection, rkey, record: { $type: collection, ...fields } }
}

function aboutPost(collection: string, { aPost, createdAt }: Scene): Composed {
  return of(collection, { subject: aPost().ref, createdAt })
}

function aboutSomeone(collection: string, { aPost, createdAt }: Scene): Composed {
  const [, , subject] = aPost().ref.uri.split('/')
  return of(collection, { subject, createdAt })
}

function composePost(scene: Scene): object {
  const { random, texts, mix, createdAt } = scene
  const { text, langs } = random.pick(texts.posts)
  return {
    createdAt,
    langs,
    ...(random.chance(mix.posts.tags) ? tagged(text, random.pick(texts.tags)) : { text }),
    ...(random.chance(mix.posts.replies) ? { reply: replyTo(scene.aPost()) } : {}),
    ...embedOf(scene),
  }
}

/** Answers belong to the thread that the answered post belongs to. */
function replyTo({ ref, root }: RecentPost): object {
  return { root, parent: ref }
}

function tagged(text: string, tag: string): object {
  const byteStart = Buffer.byteLength(text) + 1
  const feature = { $type: 'app.bsky.richtext.facet#tag', tag }
  return {
    text: `${text} #${tag}`,
    facets: [{ index: { byteStart, byteEnd: byteStart + 1 + tag.length }, features: [feature] }],
  }
}

function embedOf({ random, texts, mix, aPost }: Scene): object {
  const { images, externals, quotes } = mix.posts
  const dice = random.next()
  if (dice < images) return { embed: { $type: 'app.bsky.embed.images', images: someImages(random, texts) } }
  if (dice < images + externals) {
    const [uri, title, description] = [
      random.pick(texts.links),
      random.pick(texts.titles),
      random.pick(texts.bios),
    ]
    return {
      embed: {
        $type: 'app.bsky.embed.external',
        external: { uri, title, description, thumb: aBlob(random) },
      },
    }
  }
  if (dice < images + externals + quotes)
    return { embed: { $type: 'app.bsky.embed.record', record: aPost().ref } }
  return {}
}

function someImages(random: Random, texts: TextPool): object[] {
  return Array.from({ length: 1 + random.int(3) }, () => ({
    alt: random.chance(0.5) ? random.pick(texts.posts).text : '',
    aspectRatio: { width: 1_600, height: 900 + random.int(700) },
    image: aBlob(random),
  }))
}

function aBlob(random: Random): object {
  return random.pick(BLOBS)
}
