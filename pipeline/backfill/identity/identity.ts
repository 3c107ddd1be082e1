/** What a DID document says about a repo: where it is, and whose signature is on it. */
export interface Identity {
  readonly did: string
  /** Origin of the host that has the repo: `https://pds.example`. */
  readonly pds: string
  /** `did:key:…` of the key that signs commits; `null` when the document names none. */
  readonly didKey: string | null
}
