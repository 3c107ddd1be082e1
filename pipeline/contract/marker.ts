/**
 * The key an operator sets on a Redis that may be loaded and broken on purpose; its value is free text for
 * whoever finds it. Without it, and without the server's run id confirmed, loads and drills refuse to start.
 */
export const MARKER_KEY = 'standpipe:may-be-broken'
