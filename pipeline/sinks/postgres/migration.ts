/** One step of the schema; it runs once per database, whole or not at all. */
export interface Migration {
  /** Four digits and a name; migrations run in the order of their IDs and never change once released. */
  readonly id: string
  readonly statements: readonly string[]
}
