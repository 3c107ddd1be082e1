/**
 * The header or the block of a CAR whose length is written at `at`: a varint, then that many bytes. Nothing, when
 * the slice ends here; `null`, when it breaks off. https://ipld.io/specs/transport/car/carv1/
 */
export function nextSection(car: Uint8Array, at: number): { start: number; end: number } | null {
  if (at === car.length) return { start: at, end: at }
  let length = 0
  let unit = 1
  for (let start = at; start < car.length && start < at + 5; start++) {
    const byte = car[start] ?? 0
    length += (byte & 0x7f) * unit
    unit *= 0x80
    if (byte >= 0x80) continue
    const end = start + 1 + length
    return length > 0 && end <= car.length ? { start: start + 1, end } : null
  }
  return null
}
