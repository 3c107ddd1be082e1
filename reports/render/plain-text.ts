/**
 * Text without anything that a terminal or a browser would obey instead of show: control and escape
 * characters, direction overrides, halves of surrogate pairs. Line breaks and tabs become spaces.
 */
export function plainText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\t\n\r\u2028\u2029]+/g, ' ')
    .replaceAll(/[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu, '�')
}
