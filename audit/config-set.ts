/** The commands that change a setting now and keep it over a restart. */
export function configSet(name: string, value: string): string {
  const argument = /^[\w.-]+$/.test(value) ? value : `"${value}"`
  return `redis-cli CONFIG SET ${name} ${argument} && redis-cli CONFIG REWRITE`
}
