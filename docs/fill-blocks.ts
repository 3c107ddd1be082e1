const BLOCK = /<!-- generated:([\w-]*) -->\n.*?<!-- \/generated -->/gs
const MARKER = /<!-- \/?generated/g

/**
 * The page with every block between `<!-- generated:NAME -->` and `<!-- /generated -->` written anew; what is
 * written by hand stays. Throws on a name that nobody renders, and on a marker without its partner.
 */
export function fillBlocks(page: string, blocks: Readonly<Record<string, string>>): string {
  const markers = page.match(MARKER)?.length ?? 0
  if (markers !== 2 * blocksIn(page).length) throw new Error('a marker of a generated block has no partner')
  return page.replace(BLOCK, (_, name: string) => {
    const text = blocks[name]
    if (text === undefined) throw new Error(`nobody renders the block "${name}"`)
    return `<!-- generated:${name} -->\n\n${text}\n\n<!-- /generated -->`
  })
}

/** The names of the generated blocks of a page, in order. */
export function blocksIn(page: string): string[] {
  return [...page.matchAll(BLOCK)].map(([, name]) => name ?? '')
}
