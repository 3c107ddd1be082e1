/** A name as one word of a shell command: whoever named a stream or a group must not write our remedies. */
export function shellWord(name: string): string {
  return /^[\w@%+:,./-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`
}
