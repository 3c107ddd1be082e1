import { defineCheck, type Finding } from '../check.ts'
import type { ConfigFileEvidence } from '../evidence/config-file-evidence.ts'
import type { Fields } from '../fields.ts'
import { defaultsOf } from '../redis-defaults.ts'
import { sameSetting } from '../same-setting.ts'
import { toProduct } from '../to-product.ts'

/** What a restart must not bring back wrong: each of these decides whether events survive. */
const VITAL = ['appendonly', 'appendfsync', 'maxmemory', 'maxmemory-policy', 'save']
/** Paths and addresses are written in too many ways to be compared. */
const NOT_COMPARED = ['dir', 'bind']

export default defineCheck({
  id: 'config-drift',
  title: 'A restart brings back the configuration that runs now',
  why: 'CONFIG SET lasts until the next restart. A server that was mended by hand comes back as its file says: without an append-only file, or evicting, and the next crash takes the buffer with it.',
  remedy: 'redis-cli CONFIG REWRITE writes what runs now into the file; or change the file and restart',
  needs: ['server', 'settings', 'config-file'],
  limits: {},

  judge({ server, settings, 'config-file': file }) {
    if (file === null) return []
    const defaults = defaultsOf(toProduct(server))
    const compared = Object.keys(defaults).filter((name) => settings.has(name))
    const named = [...file.directives.keys()].filter((name) => settings.has(name))
    const names = [...new Set([...named, ...compared])].filter((name) => !NOT_COMPARED.includes(name))
    const drifted = names.flatMap((name) => judgeSetting(name, { settings, file, defaults }))
    if (drifted.length > 0) return drifted
    return [
      {
        subject: file.path,
        verdict: 'pass',
        observed: `${names.length} settings run as the file, or its silence, says`,
        expected: 'no difference',
        evidence: [{ command: 'INFO everything', value: `config_file=${file.path}` }],
      },
    ]
  },
})

interface Compared {
  readonly settings: Fields
  readonly file: ConfigFileEvidence
  readonly defaults: Readonly<Record<string, string>>
}

/** A finding where the file, or its silence, says something else than what runs. */
function judgeSetting(name: string, { settings, file, defaults }: Compared): Finding[] {
  const { path, directives } = file
  const runs = settings.text(name)
  const directive = directives.get(name)
  // What an included file says cannot be told from silence.
  if (!directive && directives.has('include')) return []
  const says = directive?.value ?? defaults[name]
  if (says === undefined || sameSetting(name, runs, says)) return []
  return [
    {
      subject: name,
      verdict: VITAL.includes(name) ? 'fail' : 'warn',
      observed: directive
        ? `"${runs}" runs, line ${directive.line} of ${path} says "${says}"`
        : `"${runs}" runs, ${path} says nothing, and so "${says}"`,
      expected: `the same after a restart, unless the command line says it`,
      evidence: [...settings.quotes(name), ...(directive ? [directive.quote] : [])],
    },
  ]
}
