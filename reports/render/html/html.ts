import { plainText } from '../plain-text.ts'

/** Markup that is safe to put into a page. Only `html` makes it. */
export interface Html {
  readonly markup: string
}

export type HtmlPart = string | number | null | Html | readonly HtmlPart[]

/**
 * Markup with values in it: text is escaped for elements and quoted attributes, other markup goes in as it
 * is, lists are joined, `null` is nothing. That every page is built with it is what keeps reports from
 * carrying a script.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  return { markup: strings.map((text, index) => text + toMarkup(parts[index] ?? null)).join('') }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

function toMarkup(part: HtmlPart): string {
  if (part === null) return ''
  if (typeof part === 'string') return plainText(part).replaceAll(/[&<>"'`]/g, (sign) => ENTITIES[sign] ?? '')
  if (typeof part === 'number') return String(part)
  return 'markup' in part ? part.markup : part.map(toMarkup).join('')
}
