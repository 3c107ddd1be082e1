import { readFile } from 'node:fs/promises'
import { MissingEvidence } from '../missing-evidence.ts'
import { parseConfigFile } from '../parse-config-file.ts'
import { findLocalProcess } from './local-process.ts'
import type { Gatherer } from './source.ts'

/** The file that INFO names, seen through the server's own process: a container's file is another one. */
export const gatherConfigFile: Gatherer<'config-file'> = async ({ url, read }) => {
  const [server, settings] = await Promise.all([read('server'), read('settings')])
  const path = server.has('config_file') ? server.text('config_file') : ''
  if (path === '') return null
  const { pid } = await findLocalProcess({ url, server, settings })
  try {
    const root = pid === null ? '' : `/proc/${pid}/root`
    const text = await readFile(`${root}${path}`, 'utf8').catch(() => readFile(path, 'utf8'))
    return { path, directives: parseConfigFile(path, text) }
  } catch (error) {
    const why = (error as Error).message.replace(/, open .*/, '')
    throw new MissingEvidence(`cannot read ${path} (${why}); run the audit as a user who may`, {
      cause: error,
    })
  }
}
