import { execFile } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { copyFile, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { findExecutable } from '#kernel/process/find-executable.ts'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { missingTools, requireTool } from '#test/support/require-tool.ts'

const run = promisify(execFile)
const noPromtool = missingTools('promtool')
/** Only where systemd is; an image of a container has none, and units make no sense there. */
const analyze = findExecutable('systemd-analyze')

test('promtool has nothing to say against the configuration of Prometheus; control: it has when it is broken', async (context) => {
  context.skip(noPromtool !== null, noPromtool ?? '')
  await using folder = await temporaryFolder('deploy')
  await copyFile('alerts/generated/standpipe.rules.yaml', join(folder.path, 'standpipe.rules.yaml'))
  const check = async (text: string) => {
    const path = join(folder.path, 'prometheus.yaml')
    await writeFile(path, text)
    return await run(requireTool('promtool'), ['check', 'config', path])
  }
  const text = readFileSync('deploy/prometheus.yaml', 'utf8')
  expect((await check(text)).stdout).toContain('SUCCESS')
  await expect(check(text.replace('dns_sd_configs', 'dns_sd'))).rejects.toThrow('dns_sd')
})

test('systemd-analyze has nothing to say against the units; control: it has when one is broken', async (context) => {
  context.skip(analyze === null, 'no systemd-analyze on PATH')
  await using folder = await temporaryFolder('units')
  /** What it says about the unit itself; whatever else is wrong on this machine is not ours. */
  const verify = async (name: string, text: string) => {
    const path = join(folder.path, name)
    await writeFile(path, text.replace('/usr/local/bin/standpipe', resolve('bin/standpipe')))
    const said = await run(analyze ?? '', ['verify', '--man=no', path]).catch(
      (error: { stderr: string }) => error,
    )
    return said.stderr.split('\n').filter((line) => line.includes(name))
  }
  const units = globSync('deploy/systemd/*.service')
  expect(units.length).toBeGreaterThan(4)
  for (const unit of units) {
    expect(await verify(basename(unit).replace('@', '@1'), readFileSync(unit, 'utf8'))).toEqual([])
  }
  const broken = readFileSync(units[0] ?? '', 'utf8').replace('Restart=on-failure', 'Restart=sometimes')
  expect((await verify('broken.service', broken)).join('\n')).toContain('sometimes')
})
