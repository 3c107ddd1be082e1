import type { Page } from 'playwright-core'

/** How a text stands out from what lies behind it, as WCAG counts it: 1 is invisible, 21 is black on white. */
export interface TextContrast {
  readonly text: string
  readonly ratio: number
}

/** Runs in the page. Tints over the ground are so light that they count as the ground itself. */
const MEASURE = `(() => {
  const channels = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number)
  const light = ([r, g, b]) => {
    const [lr, lg, lb] = [r, g, b].map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    return 0.2126 * lr + 0.7152 * lg + 0.0722 * lb
  }
  const groundOf = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const ground = channels(getComputedStyle(one).backgroundColor)
      if (ground.length === 3 || ground[3] === 1) return ground
    }
    return [255, 255, 255]
  }
  const badgeOf = (element) => element.tagName === 'text' && element.closest('.moment')?.querySelector('circle')
  return [...document.querySelectorAll('body *')]
    .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .filter((element) => !['TITLE', 'DESC', 'STYLE', 'SCRIPT'].includes(element.tagName.toUpperCase()))
    .filter((element) => element.checkVisibility())
    .map((element) => {
      const style = getComputedStyle(element)
      const svg = element.ownerSVGElement !== undefined && element.ownerSVGElement !== null
      const badge = badgeOf(element)
      const ground = light(badge ? channels(getComputedStyle(badge).fill) : groundOf(element))
      const ink = light(channels(svg ? style.fill : style.color))
      const [high, low] = [Math.max(ink, ground), Math.min(ink, ground)]
      return { text: element.textContent.trim().slice(0, 60), ratio: (high + 0.05) / (low + 0.05) }
    })
})()`

/** The contrast of every text that is visible on the page. */
export async function textContrasts(page: Page): Promise<TextContrast[]> {
  return await page.evaluate<TextContrast[]>(MEASURE)
}
