import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { alertFiles } from '#alerts/generated-files.ts'
import { checkPage } from '#audit/check-page.ts'
import { expectedIndexes } from '#kernel/catalogue/expected-indexes.ts'
import type { GeneratedFile } from '#kernel/catalogue/generated-file.ts'
import { SETTINGS } from '#kernel/config/settings.ts'
import { monitoringFiles } from '#monitoring/generated-files.ts'
import type { Catalogue } from './catalogue.ts'
import { fillBlocks } from './fill-blocks.ts'
import { renderBlocks } from './render-blocks.ts'
import { renderCheckPage } from './render-check-page.ts'

/** The pages written by people, which have generated blocks in them. */
export function pagesIn(root: string): string[] {
  return globSync(['*.md', 'docs/**/*.md'], { cwd: root })
    .filter((page) => !page.startsWith('docs/checks/'))
    .toSorted()
}

/** Every committed file that follows from declarations, with the text that it should have now. */
export function generatedFiles(root: string, catalogue: Catalogue): GeneratedFile[] {
  const blocks = renderBlocks(catalogue)
  const links = { runbooks: SETTINGS['runbooks-url'].default, dashboards: SETTINGS['dashboards-url'].default }
  return [
    ...expectedIndexes(root),
    ...alertFiles(links),
    ...monitoringFiles(),
    ...catalogue.checks.map((check) => ({
      path: `docs/${checkPage(check.id)}`,
      text: renderCheckPage(check),
    })),
    ...pagesIn(root).map((path) => ({
      path,
      text: fillBlocks(readFileSync(join(root, path), 'utf8'), blocks),
    })),
  ]
}
