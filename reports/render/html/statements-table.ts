import type { Statement } from '#kernel/report/report.ts'
import { worstFirst } from '../../summarise/worst-first.ts'
import { type Html, html } from './html.ts'
import { verdictMark } from './verdict-mark.ts'

/** What was found about each subject, the most alarming first. Why and remedy stand where they are needed. */
export function statementsTable(statements: readonly Statement[]): Html | null {
  if (statements.length === 0) return null
  return html`<table class="statements stacks"><thead><tr><th scope="col">Verdict</th><th scope="col">Subject</th><th scope="col">Observed</th></tr></thead><tbody>${worstFirst(statements).map(row)}</tbody></table>
`
}

function row(statement: Statement): Html {
  const { verdict, subject, says, expected } = statement
  return html`<tr><td>${verdictMark(verdict)}</td><th scope="row">${subject}</th><td>${says}${note('Expected', expected)}${reasons(statement)}</td></tr>
`
}

function reasons({ verdict, why, remedy }: Statement): Html | null {
  if (verdict !== 'pass' && verdict !== 'not-applicable')
    return html`${note('Why', why)}${note('Remedy', remedy)}`
  return why ? html`<details><summary>Why it is asked</summary>${why}</details>` : null
}

function note(label: string, text: string | undefined): Html | null {
  return text ? html`<span class="aside"><b>${label}</b> ${text}</span>` : null
}
