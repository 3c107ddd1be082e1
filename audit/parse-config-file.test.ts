import { expect, test } from 'vitest'
import { parseConfigFile } from './parse-config-file.ts'
import { sameSetting } from './same-setting.ts'

const FILE = `# maxmemory 1gb

maxmemory 2gb
  MaxMemory-Policy   noeviction
save 3600 1
save 300 100
requirepass "two words"
client-output-buffer-limit normal 0 0 0
client-output-buffer-limit replica 256mb 64mb 60
maxmemory 4gb
save-is-not-this 1
`

test('the last directive of a name wins, and is told with its line', () => {
  const directives = parseConfigFile('/etc/redis.conf', FILE)
  expect(directives.get('maxmemory')).toMatchObject({
    value: '4gb',
    line: 10,
    quote: { command: 'sed -n 10p /etc/redis.conf', value: 'maxmemory 4gb', place: { line: 10 } },
  })
  expect(directives.get('maxmemory-policy')?.value).toBe('noeviction')
  expect(directives.get('requirepass')?.value).toBe('two words')
})

test('a line that holds a secret is never quoted', () => {
  const directives = parseConfigFile('f', FILE)
  expect(directives.get('requirepass')?.quote.value).toBe('requirepass ***')
})

test('what adds up is told as CONFIG GET tells it', () => {
  const directives = parseConfigFile('f', FILE)
  expect(directives.get('save')?.value).toBe('3600 1 300 100')
  expect(directives.get('client-output-buffer-limit')?.value).toBe('normal 0 0 0 replica 256mb 64mb 60')
  expect(parseConfigFile('f', 'save ""').get('save')?.value).toBe('')
})

test.each([
  { name: 'maxmemory', a: '1gb', b: '1073741824', same: true },
  { name: 'maxmemory', a: '1g', b: '1073741824', same: false },
  { name: 'appendonly', a: 'YES', b: 'yes', same: true },
  { name: 'maxmemory-clients', a: '10%', b: '10%', same: true },
  {
    name: 'client-output-buffer-limit',
    a: 'normal 0 0 0 slave 268435456 67108864 60',
    b: 'replica 256mb 64mb 60',
    same: true,
  },
  { name: 'client-output-buffer-limit', a: 'normal 0 0 0', b: 'normal 1mb 0 0', same: false },
])('$name "$a" and "$b": $same', ({ name, a, b, same }) => {
  expect(sameSetting(name, a, b)).toBe(same)
})
