/** An entry of a load, named by its sequence alone, in the ledger's words. */
export function entryName(seq: number) {
  return { seq, did: 'load', action: 'identity' } as const
}
