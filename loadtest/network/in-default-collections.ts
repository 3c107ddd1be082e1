/** Whether an ingester with the default setting `app.bsky.*,chat.bsky.*` keeps a collection. */
export function inDefaultCollections(collection: string): boolean {
  return collection.startsWith('app.bsky.') || collection.startsWith('chat.bsky.')
}
