import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { startChild } from '#kernel/process/child.ts'
import { freePort } from '#kernel/process/free-port.ts'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'

const dockerfile = readFileSync('Dockerfile', 'utf8').split('\n')
const stage = dockerfile.slice(dockerfile.findLastIndex((line) => line.startsWith('FROM ')))
const instruction = (name: string) =>
  stage.find((line) => line.startsWith(`${name} `))?.slice(name.length + 1) ?? ''
const words = (json: string) => JSON.parse(json.slice(json.indexOf('['))) as string[]

/** What the image is made of, in a folder: exactly the copied files, and no package that is for development only. */
async function stageImage() {
  const folder = await temporaryFolder('image')
  for (const line of stage.filter((one) => one.startsWith('COPY ') && !one.includes('--from'))) {
    const sources = line.split(' ').slice(1, -1)
    for (const source of sources) {
      cpSync(source, join(folder.path, source), {
        recursive: true,
        filter: (path) => !path.endsWith('.test.ts'),
      })
    }
  }
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean }>
  }
  const production = Object.entries(packages)
    .filter(
      ([path, { dev, devOptional }]) => /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) && !dev && !devOptional,
    )
    .map(([path]) => path)
    .filter((path) => existsSync(path))
  for (const path of production) {
    mkdirSync(join(folder.path, dirname(path)), { recursive: true })
    symlinkSync(resolve(path), join(folder.path, path))
  }
  return folder
}

/** Runs in the staged image: resolution stays inside it, so that nothing is found that would not be there. */
function runStaged(
  root: string,
  [program = '', ...args]: readonly string[],
  env: Record<string, string> = {},
) {
  const inside = args.map((word) => word.replace('/standpipe/', `${root}/`))
  const own = Object.fromEntries(
    instruction('ENV')
      .split(' ')
      .map((one) => one.split('=') as [string, string]),
  )
  return startChild(program, ['--preserve-symlinks', '--preserve-symlinks-main', ...inside], {
    name: program,
    cwd: root,
    env: { ...own, ...env },
  })
}

test('the files that the image copies, and no package for development, are enough to run it', async () => {
  await using folder = await stageImage()
  const entry = words(instruction('ENTRYPOINT'))
  await using help = await runStaged(folder.path, [...entry, ...words(instruction('CMD'))])
  expect(await help.ended).toBe(0)
  expect(help.output.join('\n')).toContain('standpipe ingest')

  expect(existsSync(join(folder.path, 'node_modules/vitest'))).toBe(false)
  expect(existsSync(join(folder.path, 'node_modules/ioredis'))).toBe(true)
})

test('its health check passes while the process lives, and fails without it', async () => {
  await using folder = await stageImage()
  const port = String(await freePort())
  const env = { STANDPIPE_METRICS_PORT: port, STANDPIPE_REDIS_URL: 'redis://127.0.0.1:1' }
  const check = async () => {
    await using run = await runStaged(folder.path, words(instruction('HEALTHCHECK')), env)
    return await run.ended
  }
  expect(await check()).toBe(1)
  await using exporter = await runStaged(folder.path, [...words(instruction('ENTRYPOINT')), 'exporter'], env)
  await until(async () => (await check()) === 0, { within: seconds(20), what: 'healthy process', every: 200 })
  await exporter.kill('SIGTERM')
  expect(exporter.exit).toBe(0)
  expect(await check()).toBe(1)
})

test('control: without one of the folders it does not start', async () => {
  await using folder = await stageImage()
  const { rmSync } = await import('node:fs')
  rmSync(join(folder.path, 'reports'), { recursive: true })
  await using help = await runStaged(folder.path, [...words(instruction('ENTRYPOINT')), '--help'])
  expect(await help.ended).not.toBe(0)
})
