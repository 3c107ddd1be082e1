/** A host without its scheme and without slashes behind it. */
export function hostOf(host: string): string {
  return host.replace(/^[a-z]+:\/\//i, '').replace(/\/+$/, '')
}
