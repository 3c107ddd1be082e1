/** Where the page of a check is, below the folder `docs/`. */
export function checkPage(id: string): string {
  return `checks/${id}.md`
}

/** Where the page of a check can be read. */
export function checkPageUrl(docsUrl: string, id: string): string {
  return `${docsUrl.replace(/\/+$/, '')}/${checkPage(id)}`
}
