import { block } from './block.ts'
import { follow } from './follow.ts'
import { like } from './like.ts'
import { post } from './post.ts'
import { profile } from './profile.ts'
import { repost } from './repost.ts'
import type { TypedTable } from './typed-table.ts'

/** Every table that holds the records of one collection by their own columns. */
export const TYPED_TABLES: readonly TypedTable[] = [post, like, repost, follow, block, profile]
