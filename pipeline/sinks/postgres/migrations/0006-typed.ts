import type { Migration } from '../migration.ts'

const table = (name: string, columns: readonly string[]) =>
  `CREATE TABLE ${name} (
     uri text COLLATE "C" PRIMARY KEY,
     did text NOT NULL,
     rev text COLLATE "C" NOT NULL,
     ${columns.join(',\n     ')}
   )`

const SUBJECT = 'subject text COLLATE "C" NOT NULL'
const CREATED = 'created_at timestamptz'

/**
 * The records of the best known collections by their own columns, live ones only. Nothing points from table to
 * table: a like may come before its post, and `pending_reference` says of which records that is so.
 */
export const typed: Migration = {
  id: '0006-typed',
  statements: [
    table('bsky_post', [
      'text text NOT NULL',
      'reply_root text COLLATE "C"',
      'reply_parent text COLLATE "C"',
      'quotes text COLLATE "C"',
      CREATED,
    ]),
    table('bsky_like', [SUBJECT, CREATED]),
    table('bsky_repost', [SUBJECT, CREATED]),
    table('bsky_follow', [SUBJECT, CREATED]),
    table('bsky_block', [SUBJECT, CREATED]),
    table('bsky_profile', ['display_name text', 'description text', CREATED]),
    'CREATE INDEX bsky_post_reply_parent ON bsky_post (reply_parent) WHERE reply_parent IS NOT NULL',
    'CREATE INDEX bsky_like_subject ON bsky_like (subject)',
    'CREATE INDEX bsky_repost_subject ON bsky_repost (subject)',
    'CREATE INDEX bsky_follow_subject ON bsky_follow (subject)',
    'CREATE INDEX bsky_block_subject ON bsky_block (subject)',
    `CREATE VIEW pending_reference AS
       SELECT reference.uri, reference.refers_as, reference.refers_to,
         CASE WHEN record.uri IS NULL THEN 'never-seen' ELSE 'deleted' END AS missing
       FROM (
         SELECT uri, 'subject' AS refers_as, subject AS refers_to FROM bsky_like
         UNION ALL SELECT uri, 'subject', subject FROM bsky_repost
         UNION ALL SELECT uri, 'reply_root', reply_root FROM bsky_post WHERE reply_root IS NOT NULL
         UNION ALL SELECT uri, 'reply_parent', reply_parent FROM bsky_post WHERE reply_parent IS NOT NULL
         UNION ALL SELECT uri, 'quotes', quotes FROM bsky_post WHERE quotes IS NOT NULL
       ) AS reference
       LEFT JOIN record ON record.uri = reference.refers_to
       WHERE record.uri IS NULL OR record.deleted`,
  ],
}
