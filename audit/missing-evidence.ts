/**
 * Something that a question needs is not there; the message says why. Thrown by gatherers and by `Fields`, and
 * turned into an `unknown` finding: a judge cannot pass over a value that it never had.
 */
export class MissingEvidence extends Error {
  override name = 'MissingEvidence'
}
