import type { Migration } from '../migration.ts'

/**
 * Up to which rev a snapshot has said everything about a repo, for each pattern of collections that it covered:
 * what an event says of an older rev is out of date, whether its record was ever seen here or not.
 */
export const repoFence: Migration = {
  id: '0005-repo-fence',
  statements: [
    `CREATE TABLE repo_fence (
       did text COLLATE "C" NOT NULL,
       pattern text COLLATE "C" NOT NULL,
       rev text COLLATE "C" NOT NULL,
       PRIMARY KEY (did, pattern)
     )`,
  ],
}
