/** How long silence is believed, in milliseconds. */
export interface Patience {
  /** Between two pings; a connection that answers none by the next one is dead. */
  readonly ping: number
  /** Without any message, though pings are answered: the relay may have forgotten this subscriber. */
  readonly idle: number
}

/** When a connection was last heard, in milliseconds of one clock. */
export interface Heard {
  /** A message or a pong. */
  readonly anything: number
  readonly message: number
}

/** Whether a connection that is being read still lives, and if not, why it must end. */
export function judgeLiveness(
  heard: Heard,
  now: number,
  { ping, idle }: Patience,
): 'alive' | 'no-pong' | 'idle' {
  if (now - heard.anything > 2 * ping) return 'no-pong'
  return now - heard.message > idle ? 'idle' : 'alive'
}
