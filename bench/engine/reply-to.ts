const INFO = 'redis_version:7.0.15\r\nloading:0\r\nrole:master\r\n'

/** What a Redis would say that has just stored everything it was asked to. */
export function replyTo([name = '', , keys = '0', ...rest]: readonly string[]): string {
  switch (name.toUpperCase()) {
    case 'EVALSHA':
    case 'EVAL':
      return appended(rest[Number(keys) + 2] ?? '')
    case 'INFO':
      return bulk(INFO)
    case 'PING':
      return '+PONG\r\n'
    default:
      return '+OK\r\n'
  }
}

/** The reply of the append, for commits listed as `line:sequence:entries` with spaces behind. */
function appended(listed: string): string {
  const commits = listed.trimEnd().split(' ')
  const [, seq = '0'] = commits.at(-1)?.split(':') ?? []
  return `*4\r\n${bulk('appended')}*1\r\n${bulk(seq)}:${commits.length}\r\n:0\r\n`
}

const bulk = (text: string) => `$${Buffer.byteLength(text)}\r\n${text}\r\n`
