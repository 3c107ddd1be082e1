const STRING = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`/g
const MATCHERS = /\{[^}]*\}/g
const RANGE = /\[[^\]]*\]/g
const LABEL_LIST = /\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/gi
const IDENTIFIER = /(?<![\w:.$])([a-zA-Z_:][\w:]*)(\s*\()?/g
const KEYWORDS = new Set(
  'and or unless by without on ignoring group_left group_right bool offset inf nan'.split(' '),
)

/** The metrics that a PromQL expression reads, each once, in order of appearance. */
export function metricNamesIn(expr: string): string[] {
  const bare = expr.replace(STRING, '""').replace(MATCHERS, ' ').replace(RANGE, ' ').replace(LABEL_LIST, ' ')
  const names = [...bare.matchAll(IDENTIFIER)]
    .filter(([, name = '', call]) => !call && !KEYWORDS.has(name.toLowerCase()))
    .map(([, name = '']) => name)
  return [...new Set(names)]
}
