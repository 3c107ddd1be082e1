import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { DEFAULT_MIX } from '../event-mix.ts'
import { readProfile } from './read-profile.ts'

async function reading(text: string) {
  await using folder = await temporaryFolder('profile')
  const path = join(folder.path, 'mine.yaml')
  await writeFile(path, text)
  return await readProfile(path)
}

test('a profile says what differs, in YAML or JSON', async () => {
  const yaml =
    'name: quiet\nmix:\n  deletes: 0\nrate:\n  - { name: night, lasts: 10, arrivals: { shape: constant, rate: 5 } }\n'
  const profile = await reading(yaml)
  expect(profile.mix).toEqual({ ...DEFAULT_MIX, deletes: 0 })
  expect(profile.rate?.[0]?.spread).toBe('even')
  expect((await reading('{"name":"plain"}')).mix).toEqual(DEFAULT_MIX)
})

test.each([
  { text: 'name: [', says: 'is neither YAML nor JSON' },
  { text: 'name: x\nmix:\n  delets: 0.1\n  viral: 3\n', says: /mix\.viral: expected a share.*delets/s },
  { text: 'name: x\nrate: []\n', says: 'rate: expected at least one phase' },
])('$text is refused in one sentence', async ({ text, says }) => {
  await expect(reading(text)).rejects.toThrow(says)
})

test('a file that is not there is named', async () => {
  await expect(readProfile('/nowhere/x.yaml')).rejects.toThrow('cannot read the profile "/nowhere/x.yaml"')
})
