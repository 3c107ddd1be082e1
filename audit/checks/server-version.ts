import type { Verdict } from '#kernel/verdict/verdict.ts'
import { worst } from '#kernel/verdict/verdict.ts'
import { defineCheck } from '../check.ts'
import { compareVersions } from '../compare-versions.ts'
import type { Fields } from '../fields.ts'
import { KNOWN_DEFECTS, type KnownDefect } from '../known-defects.ts'
import { type ServerProduct, toProduct } from '../to-product.ts'

export default defineCheck({
  id: 'server-version',
  title: 'This server version has no known defect in streams',
  why: 'Some versions crash, corrupt or miscount streams: a lag that is wrong hides exactly the events that were trimmed before anyone read them.',
  remedy: 'apt-get install --only-upgrade redis-server, or move to Redis 8.2.9, 8.4.6 or later',
  needs: ['server'],
  limits: {},

  judge({ server }) {
    const running = toProduct(server)
    const defects = KNOWN_DEFECTS.filter((defect) => applies(defect, running))
    const verdicts = defects.map((defect): Verdict => (wasCalled(defect, server) ? defect.verdict : 'warn'))
    return [
      {
        subject: `${running.product} ${running.version}`,
        verdict: worst(['pass', ...verdicts]),
        observed: defects.length > 0 ? defects.map(({ says }) => says).join('; ') : 'no defect known',
        expected: 'no defect known',
        evidence: server.quotes(...running.fields),
      },
    ]
  },
})

function applies({ product, ranges }: KnownDefect, running: ServerProduct): boolean {
  return (
    product === running.product &&
    ranges.some(
      ({ from, before }) =>
        compareVersions(running.version, from) >= 0 &&
        (before === undefined || compareVersions(running.version, before) < 0),
    )
  )
}

function wasCalled({ calls }: KnownDefect, server: Fields): boolean {
  return calls === undefined || server.has(`cmdstat_${calls}`)
}
