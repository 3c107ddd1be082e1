/** A tree that is not one, or of which too little is here. */
export class TreeError extends Error {
  override name = 'TreeError'
}
