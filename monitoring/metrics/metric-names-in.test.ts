import { expect, test } from 'vitest'
import { metricNamesIn } from './metric-names-in.ts'

test.each([
  ['redis_up == 0', ['redis_up']],
  ['min by (instance) (redis_up) == 1 unless on (instance) a_b', ['redis_up', 'a_b']],
  ['sum by (cause) (increase(x_total{cause=~"OOM|up"}[2m])) > 0', ['x_total']],
  ['predict_linear(a[15m], 30 * 60) > (b > 0) and a / b > 0.5', ['a', 'b']],
  ['rate(a[1m] offset 5m) > bool 1e6 and -Inf < b', ['a', 'b']],
  ['sum(a) by (group) + on (x) group_left (y) b', ['a', 'b']],
  ['vector(1)', []],
])('%s reads %j', (expr, names) => {
  expect(metricNamesIn(expr)).toEqual(names)
})
