import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import yargs from 'yargs'
import { z } from 'zod'
import { flagsOf } from '#kernel/cli/flags-of.ts'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { builtAt } from '#loadtest/go-tools/built-at.ts'
import { manifestCheck } from '#loadtest/go-tools/manifest-check.ts'
import { command as worker } from './worker.command.ts'

const JOB = 'deploy/kubernetes/load-workers.yaml'
const TEST_RUN = 'deploy/kubernetes/k6-testrun.yaml'
const check = builtAt(manifestCheck)

const documentsOf = (path: string): unknown[] =>
  parseAllDocuments(readFileSync(path, 'utf8')).map((document) => {
    expect(document.errors).toEqual([])
    return document.toJS() as unknown
  })

const jobSchema = z.object({
  kind: z.literal('Job'),
  spec: z.object({
    completionMode: z.literal('Indexed'),
    completions: z.number(),
    parallelism: z.number(),
    template: z.object({
      spec: z.object({ containers: z.tuple([z.object({ args: z.tuple([z.string()]) })]) }),
    }),
  }),
})

const testRunSchema = z.object({
  apiVersion: z.literal('k6.io/v1alpha1'),
  kind: z.literal('TestRun'),
  spec: z.object({
    parallelism: z.int().min(1),
    script: z.object({ configMap: z.object({ file: z.string() }) }),
    runner: z.object({ image: z.string(), env: z.array(z.object({ name: z.string() })) }),
  }),
})

test('every pod of the Job is a worker, of as many as there are, with flags that a worker takes', () => {
  const job = jobSchema.parse(documentsOf(JOB).at(-1))
  const { completions, parallelism, template } = job.spec
  const [line] = template.spec.containers[0].args
  const known = flagsOf(worker.options(yargs()))

  expect(parallelism).toBe(completions)
  expect(line).toContain(`--worker "$((JOB_COMPLETION_INDEX + 1))/${completions}"`)
  const said = [...line.matchAll(/--([a-z-]+)/g)].map(([, flag]) => flag ?? '')
  expect(said.length).toBeGreaterThan(5)
  expect(said.filter((flag) => !known.includes(flag))).toEqual([])
})

test('the TestRun runs a script of ours and sets what it reads, and nothing else', () => {
  const { spec } = testRunSchema.parse(documentsOf(TEST_RUN)[0])
  const path = join('loadtest/k6/scripts', spec.script.configMap.file)
  expect(existsSync(path)).toBe(true)
  const script = readFileSync(path, 'utf8')
  const read = [
    ...(/const \{(?<names>[^}]+)\} = __ENV/.exec(script)?.groups?.['names']?.matchAll(/([A-Z_]+) =/g) ?? []),
  ]
  const names = read.map(([, name]) => name)
  expect(names.length).toBeGreaterThan(3)
  expect(
    spec.runner.env
      .map(({ name }) => name)
      .filter((name) => !name.startsWith('K6_'))
      .toSorted((a, b) => a.localeCompare(b)),
  ).toEqual(names.toSorted((a = '', b = '') => a.localeCompare(b)))
})

describe.skipIf(check === null)(
  check === null ? 'manifests are not checked: node loadtest/go-tools/build.ts manifest-check' : 'manifests',
  () => {
    const run = (path: string) => spawnSync(check ?? '', [path], { encoding: 'utf8' })

    test('the types of Kubernetes know every field of the Job; control: not one that is misspelt', async () => {
      expect(run(JOB)).toMatchObject({ status: 0, stdout: 'v1/PersistentVolumeClaim\nbatch/v1/Job\n' })
      await using folder = await temporaryFolder('manifest')
      const path = join(folder.path, 'broken.yaml')
      writeFileSync(path, readFileSync(JOB, 'utf8').replace('completions:', 'completion:'))
      expect(run(path)).toMatchObject({ status: 1, stderr: expect.stringContaining('completion') as string })
    })
  },
)
