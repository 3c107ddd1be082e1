import type { Argv } from 'yargs'

/** The flags that a parser takes, without their dashes. */
export function flagsOf(parser: Argv): string[] {
  // Yargs tells what it was told, and its types do not.
  const { key } = (parser as unknown as { getOptions(): { key: Record<string, unknown> } }).getOptions()
  return Object.keys(key)
}
