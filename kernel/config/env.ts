/** The environment as this process was given it. The one place where it is read. */
export function environment(): Readonly<Record<string, string | undefined>> {
  return process.env
}
