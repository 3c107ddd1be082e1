import { execFile } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const TEST = join(ROOT, 'test')
const COMMAND = /^\$ (?<variables>(?:\w+=\S+ )*)(?<program>\S+)(?<args>.*)$/
const files = globSync('transcripts/*.txt', { cwd: TEST }).toSorted()

/** What a person sees who types the command: stdout, stderr, the exit code. */
function transcriptOf(line: string): Promise<string> {
  const { variables = '', program, args = '' } = COMMAND.exec(line)?.groups ?? {}
  if (program !== 'standpipe') throw new Error(`not a command line of standpipe: "${line}"`)
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(STANDPIPE_|NODE_OPTIONS|VITEST|NO_COLOR|FORCE_COLOR)/.test(name),
  )
  const given = variables
    .split(' ')
    .filter(Boolean)
    .map((one) => one.split(/=(.*)/s).slice(0, 2))
  const env = Object.fromEntries([...own, ...given]) as NodeJS.ProcessEnv
  return new Promise((resolve) => {
    execFile(
      join(ROOT, 'bin/standpipe'),
      args.split(' ').filter(Boolean),
      { env },
      (error, stdout, stderr) => {
        const said = stderr ? `${stdout}stderr:\n${stderr}` : stdout
        resolve(`${line}\n${normalise(said)}exit ${error?.code ?? 0}\n`)
      },
    )
  })
}

/** Ports and times differ from run to run; nothing else may. */
function normalise(text: string): string {
  return text
    .replaceAll(/\b\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replaceAll(/(127\.0\.0\.1:)\d{2,5}/g, '$1<port>')
}

test('there are transcripts to compare', () => {
  expect(files.length).toBeGreaterThan(5)
})

test.each(files)('%s is what a person sees', async (file) => {
  const path = join(TEST, file)
  const [line = ''] = readFileSync(path, 'utf8').split('\n')
  await expect(await transcriptOf(line)).toMatchFileSnapshot(path)
})

test.each(files)('%s shows no secret but where it was typed', (file) => {
  const [, ...answer] = readFileSync(join(TEST, file), 'utf8').split('\n')
  expect(answer.join('\n')).not.toContain('hunter2')
})

test('a transcript has a secret that could be shown', () => {
  expect(files.some((file) => readFileSync(join(TEST, file), 'utf8').includes('hunter2'))).toBe(true)
})
