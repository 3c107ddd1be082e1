/** One number per place of a `KeyIndex`; 0 until it is set. */
export interface Column {
  get(place: number): number
  set(place: number, value: number): void
}

/** A column that grows by itself, of bytes or of 32-bit words. */
export function createColumn(width: 8 | 32): Column {
  let cells = width === 8 ? new Uint8Array(1_024) : new Uint32Array(1_024)
  return {
    get: (place) => cells[place] ?? 0,
    set(place, value) {
      if (place >= cells.length) {
        const length = Math.max(cells.length * 2, place + 1)
        const wider = width === 8 ? new Uint8Array(length) : new Uint32Array(length)
        wider.set(cells)
        cells = wider
      }
      cells[place] = value
    },
  }
}
