import type { Report } from '#kernel/report/report.ts'
import { type Html, html } from './html/html.ts'
import { sectionOf } from './html/section.ts'
import { STYLE } from './html/style.ts'
import { summaryOf } from './html/summary.ts'

/** Forbids the page, whatever is in it, to run a script or to fetch anything. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

/** The report as one file that needs nothing else: to mail, to attach, to print, to read on a phone. */
export function toHtml(report: Report): string {
  const { area, subject, verdict, sections, environment, caveats, schema } = report
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${{ markup: POLICY }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="standpipe, ${schema}">
<link rel="icon" href="data:,">
<title>${verdict}: ${area} of ${subject}</title>
<style>${{ markup: STYLE }}</style></head>
<body><main>
${summaryOf(report)}
${sections.map((section, index) => sectionOf(section, index + 1))}
<section id="not-covered"><h2>Not covered</h2>${notCovered(caveats)}</section>
<section id="ran-with"><h2>Ran with</h2>${environmentTable(environment)}</section>
</main></body></html>
`.markup
}

function notCovered(caveats: readonly string[]): Html {
  if (caveats.length === 0) return html`<p>Nothing that this run knows of.</p>`
  return html`<ul class="caveats">${caveats.map((caveat) => html`<li>${caveat}</li>`)}</ul>`
}

function environmentTable(environment: Report['environment']): Html {
  const rows = Object.entries(environment).map(
    ([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>
`,
  )
  return rows.length > 0
    ? html`<table class="environment stacks"><tbody>${rows}</tbody></table>`
    : html`<p>Nothing was recorded.</p>`
}
