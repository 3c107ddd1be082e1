/** Whether Redis answered with an error that begins with this text, such as `NOGROUP` or `ERR no such key`. */
export function isReplyError(error: unknown, prefix: string): boolean {
  return error instanceof Error && error.name === 'ReplyError' && error.message.startsWith(prefix)
}
