/** The URL of another server that is reached in the same way: with the same TLS and the same credentials. */
export function withAddress(url: string, host: string, port: number): string {
  const { protocol, username, password, search } = new URL(url)
  const credentials = username || password ? `${username}:${password}@` : ''
  const [scheme, query] = protocol === 'rediss:' ? ['rediss', search] : ['redis', '']
  return `${scheme}://${credentials}${host.includes(':') ? `[${host}]` : host}:${port}${query}`
}
