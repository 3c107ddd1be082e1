import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { InterruptedError } from '#kernel/errors.ts'
import { coloursFor } from './colours-for.ts'
import { runSteps } from './progress.ts'
import type { Step } from './step.ts'

function aTerminal(shape: { isTTY?: boolean; columns?: number }) {
  const stderr = Object.assign(new PassThrough(), shape)
  let text = ''
  stderr.on('data', (chunk) => {
    text += String(chunk)
  })
  return { stderr, written: () => text }
}

const STYLE = new RegExp(`${String.fromCharCode(27)}\\[[0-9;?]*[a-zA-Z]`, 'g')
const signal = new AbortController().signal

const audit: Step = {
  title: 'Configuration audit',
  async run(update) {
    for (let done = 0; done < 1_000; done++) update(`${done} of 1,000 settings`)
    return { verdict: 'warn', note: '14 of 16 hold' }
  },
}
const drill: Step = { title: 'Drill', run: async () => ({ verdict: 'unknown', note: 'no alert seen' }) }
const broken: Step = { title: 'Capacity', run: () => Promise.reject(new Error('cannot reach Redis')) }

test('without a terminal each step says when it starts and how it ended', async () => {
  const { stderr, written } = aTerminal({})
  await runSteps([audit, drill], { stderr, signal })
  expect(written().replaceAll(/\(\d+ ms\)/g, '(n ms)')).toBe(
    [
      '[1/2] Configuration audit …',
      '[1/2] ! warn  Configuration audit: 14 of 16 hold (n ms)',
      '[2/2] Drill …',
      '[2/2] ? unknown  Drill: no alert seen (n ms)',
      '',
    ].join('\n'),
  )
})

test('progress that is reported too fast for a person is left out, and otherwise shown', async () => {
  const patient = aTerminal({})
  await runSteps([audit], { stderr: patient.stderr, signal, every: 60_000 })
  expect(patient.written()).not.toContain('of 1,000 settings')
  const eager = aTerminal({})
  await runSteps([audit], { stderr: eager.stderr, signal, every: 0 })
  expect(eager.written()).toContain('[1/1]   999 of 1,000 settings')
})

test.each([
  { where: 'a terminal', shape: { isTTY: true, columns: 90 } },
  { where: 'a log', shape: {} },
])('on $where every title and note stays, with its verdict', async ({ shape }) => {
  const { stderr, written } = aTerminal(shape)
  const results = await runSteps([audit, drill], { stderr, signal })
  const text = written().replaceAll(STYLE, '')
  expect(text).toContain('! warn  Configuration audit: 14 of 16 hold')
  expect(text).toContain('? unknown  Drill: no alert seen')
  expect(results.map(({ title, end }) => [title, end.verdict])).toEqual([
    ['Configuration audit', 'warn'],
    ['Drill', 'unknown'],
  ])
})

test('a terminal gets the cursor back and its own write', async () => {
  const { stderr, written } = aTerminal({ isTTY: true, columns: 90 })
  await runSteps([drill], { stderr, signal })
  expect(written()).toContain('\u001B[?25l')
  expect(written().lastIndexOf('\u001B[?25h')).toBeGreaterThan(written().lastIndexOf('\u001B[?25l'))
  stderr.write('and on we go')
  expect(written()).toMatch(/and on we go$/)
})

test('a terminal that cannot say how wide it is gets lines', async () => {
  const { stderr, written } = aTerminal({ isTTY: true, columns: 0 })
  await runSteps([drill], { stderr, signal })
  expect(written()).toContain('[1/1] Drill …')
})

test('a quiet run writes nothing and still answers', async () => {
  const { stderr, written } = aTerminal({ isTTY: true, columns: 90 })
  expect(await runSteps([audit], { stderr, signal, quiet: true })).toHaveLength(1)
  expect(written()).toBe('')
})

test.each([
  { where: 'a terminal', shape: { isTTY: true, columns: 90 } },
  { where: 'a log', shape: {} },
])('on $where a step that throws ends the run with its own error, and names itself', async ({ shape }) => {
  const { stderr, written } = aTerminal(shape)
  await expect(runSteps([audit, broken, drill], { stderr, signal })).rejects.toThrow('cannot reach Redis')
  expect(written().replaceAll(STYLE, '')).toContain('✗ Capacity: cannot reach Redis')
  expect(written()).not.toContain('no alert seen')
})

test.each([
  { where: 'a terminal', shape: { isTTY: true, columns: 90 } },
  { where: 'a log', shape: {} },
])('on $where an abort ends the run with its reason, and no later step runs', async ({ shape }) => {
  const { stderr } = aTerminal(shape)
  const controller = new AbortController()
  const reason = new InterruptedError('interrupted by SIGINT')
  const ran: string[] = []
  const interrupted: Step = {
    title: 'Load',
    async run() {
      ran.push('Load')
      controller.abort(reason)
      return { verdict: 'pass', note: '' }
    },
  }
  const later: Step = { ...drill, run: async () => ({ verdict: 'pass', note: String(ran.push('Drill')) }) }
  const run = runSteps([interrupted, later], { stderr, signal: controller.signal })
  await expect(run).rejects.toBe(reason)
  expect(ran).toEqual(['Load'])
})

test('a run leaves no signal listener of its own behind', async () => {
  const before = process.listenerCount('SIGINT')
  await runSteps([drill], { ...aTerminal({ isTTY: true, columns: 90 }), signal })
  await runSteps([drill], { ...aTerminal({ isTTY: true, columns: 90 }), signal })
  expect(process.listenerCount('SIGINT')).toBe(before)
})

test.each([
  { isTTY: true, env: {}, coloured: true },
  { isTTY: true, env: { NO_COLOR: '1' }, coloured: false },
  { isTTY: false, env: {}, coloured: false },
])('colours appear only on a terminal that wants them: $isTTY, $env', ({ isTTY, env, coloured }) => {
  expect(coloursFor({ isTTY }, env).verdict('fail', 'fail') !== 'fail').toBe(coloured)
})
