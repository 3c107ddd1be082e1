import type { Verdict } from '#kernel/verdict/verdict.ts'
import { verdictSymbol } from '#kernel/verdict/verdict-symbol.ts'
import { type Html, html } from './html.ts'

/** A verdict as symbol and word; never by colour alone. */
export function verdictMark(verdict: Verdict): Html {
  return html`<span class="verdict ${verdict}"><span class="mark" aria-hidden="true">${verdictSymbol(verdict)}</span> ${verdict}</span>`
}
