// Preloaded where standpipe is installed under a node_modules folder: Node runs TypeScript as it is, except there.
const { readFileSync } = require('node:fs')
const { registerHooks, stripTypeScriptTypes } = require('node:module')
const { dirname, sep } = require('node:path')
const { fileURLToPath, pathToFileURL } = require('node:url')

const ours = pathToFileURL(dirname(__dirname) + sep).href
const dependencies = `${ours}node_modules/`

withoutWarning(() => stripTypeScriptTypes(''))

registerHooks({
  load(url, context, nextLoad) {
    if (!url.startsWith(ours) || url.startsWith(dependencies) || !url.endsWith('.ts')) return nextLoad(url, context)
    const source = stripTypeScriptTypes(readFileSync(fileURLToPath(url), 'utf8'))
    return { format: 'module', source, shortCircuit: true }
  },
})

/** Node warns once, on first use, that this API may change; the version of Node is ours to test. */
function withoutWarning(act) {
  const { emitWarning } = process
  process.emitWarning = () => {}
  try {
    act()
  } finally {
    process.emitWarning = emitWarning
  }
}
