import { expect, test } from 'vitest'
import { isAckedMended } from './is-acked-mended.ts'

test.each([
  { version: '7.0.15', mended: false },
  { version: '8.0.2', mended: false },
  { version: '8.2.6', mended: false },
  { version: '8.2.7', mended: true },
  { version: '8.2.12', mended: true },
  { version: '8.4.3', mended: false },
  { version: '8.4.4', mended: true },
  { version: '8.6.0', mended: true },
  { version: '8.10.1', mended: true },
  { version: '9.0.0', mended: true },
  { version: '8.5.240', mended: false },
  { version: '255.255.255-dev', mended: false },
  { version: '', mended: false },
  { version: null, mended: false },
])('XTRIM ~ with ACKED works in $version: $mended', ({ version, mended }) => {
  expect(isAckedMended(version)).toBe(mended)
})
