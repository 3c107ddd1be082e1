/** A URL fit for logs and reports: the password, and a user name that may be a token, become `***`. */
export function redactUrl(text: string): string {
  if (!URL.canParse(text)) return text.replace(/\/\/[^@/]*@/, '//***@')
  const url = new URL(text)
  if (url.password) url.password = '***'
  else if (url.username) url.username = '***'
  for (const name of url.searchParams.keys()) {
    if (/pass|secret|token|key/i.test(name)) url.searchParams.set(name, '***')
  }
  return url.toString()
}
