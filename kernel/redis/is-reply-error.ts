/** Whether Redis answered with an error, and one that begins with this text: `NOGROUP`, `ERR no such key`. */
export function isReplyError(error: unknown, prefix = ''): error is Error {
  return error instanceof Error && error.name === 'ReplyError' && error.message.startsWith(prefix)
}
