import type { Directive } from './evidence/config-file-evidence.ts'

/** Directives that add up instead of replacing what stood before. */
const ADDING = new Set(['save', 'client-output-buffer-limit'])

/**
 * The directives of a `redis.conf`, by lower-case name. Comments and blank lines say nothing; an included file
 * is not followed, and stands as a directive of its own for whoever asks.
 * https://redis.io/docs/latest/operate/oss_and_stack/management/config-file/
 */
export function parseConfigFile(path: string, text: string): ReadonlyMap<string, Directive> {
  const directives = new Map<string, Directive>()
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const [name = '', ...words] = wordsOf(raw)
    if (name === '' || name.startsWith('#')) continue
    const key = name.toLowerCase()
    const before = ADDING.has(key) ? directives.get(key)?.value : undefined
    const value = [before, words.join(' ')].filter(Boolean).join(' ')
    const line = index + 1
    directives.set(key, {
      value,
      line,
      quote: {
        command: `sed -n ${line}p ${path}`,
        value: /pass|auth|user/.test(key) ? `${key} ***` : raw.trim(),
        place: { file: path, line },
      },
    })
  }
  return directives
}

/** Words as Redis splits them: by blanks, with quotes around what holds some. */
function wordsOf(line: string): string[] {
  return [...line.trim().matchAll(/"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  )
}
