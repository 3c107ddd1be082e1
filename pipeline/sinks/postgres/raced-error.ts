/** Another transaction changed the same rows between our look and our write; trying again settles it. */
export class RacedError extends Error {
  override name = 'RacedError'

  constructor(subject: string) {
    super(`${subject} were changed by another consumer at the same moment`)
  }
}
