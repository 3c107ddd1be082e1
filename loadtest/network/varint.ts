import type { Binary } from './binary.ts'

/** An unsigned LEB128 number, as CAR files prefix their sections with. */
export function varint(value: number): Binary {
  let bytes = ''
  let rest = value
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes += String.fromCharCode((rest % 0x80) | 0x80)
  return bytes + String.fromCharCode(rest)
}
