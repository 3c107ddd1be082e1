import { execFile } from 'node:child_process'
import { copyFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeEach, expect, test } from 'vitest'
import { RULES_FILE } from '#alerts/generated-files.ts'
import { renderRuleTests } from '#alerts/render-rule-tests.ts'
import { renderRules } from '#alerts/render-rules.ts'
import { alerts } from '#alerts/rules/index.ts'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { missingTools, requireTool } from '#test/support/require-tool.ts'

const missing = missingTools('promtool')
beforeEach((context) => context.skip(missing !== null, missing ?? ''))

const links = { runbooks: 'https://x.example/runbooks', dashboards: 'https://x.example/d' }
const promtool = (...args: string[]) => promisify(execFile)(requireTool('promtool'), args)

async function testRules(rules: string, tests: string) {
  await using folder = await temporaryFolder('rules')
  await writeFile(join(folder.path, 'rules.yaml'), rules)
  await writeFile(join(folder.path, 'tests.yaml'), tests)
  return await promtool('test', 'rules', join(folder.path, 'tests.yaml'))
}

test('promtool has nothing to say against the rules', async () => {
  const { stdout } = await promtool('check', 'rules', '--lint=all', RULES_FILE)
  expect(stdout).toContain(`SUCCESS: ${alerts.length} rules found`)
})

test('every example holds: what should fire fires, with its sentences, and nothing else does', async () => {
  const { stdout } = await promtool('test', 'rules', RULES_FILE.replace('.rules.yaml', '.rules.test.yaml'))
  expect(stdout).toContain('SUCCESS')
})

test.each(alerts)('an expression of $name that never fires would be caught', async (alert) => {
  const blind = { ...alert, expr: `(${alert.expr}) and on () vector(1) > 2` }
  const tests = renderRuleTests([alert], links, 'rules.yaml')
  await expect(testRules(renderRules([alert], links), tests)).resolves.toBeDefined()
  await expect(testRules(renderRules([blind], links), tests)).rejects.toThrow('Command failed')
})

test.each(alerts)('an expression of $name that always fires would be caught', async (alert) => {
  const noisy = { ...alert, expr: `${alert.metrics[0]} == ${alert.metrics[0]}` }
  const tests = renderRuleTests([alert], links, 'rules.yaml')
  await expect(testRules(renderRules([noisy], links), tests)).rejects.toThrow('Command failed')
})

test('Prometheus takes the configuration of the stack', async () => {
  await using folder = await temporaryFolder('prometheus-config')
  await copyFile('monitoring/generated/prometheus.yaml', join(folder.path, 'prometheus.yaml'))
  await copyFile(RULES_FILE, join(folder.path, 'standpipe.rules.yaml'))
  const { stdout } = await promtool('check', 'config', join(folder.path, 'prometheus.yaml'))
  expect(stdout).toContain('is valid prometheus config file syntax')
})
