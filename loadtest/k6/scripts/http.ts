import { check } from 'k6'
import http from 'k6/http'

const { TARGET_URL = '', RATE = '50', DURATION = '10s', VUS = '20' } = __ENV

export const options = {
  scenarios: {
    scrapes: {
      executor: 'constant-arrival-rate',
      rate: Number(RATE),
      timeUnit: '1s',
      duration: DURATION,
      preAllocatedVUs: Number(VUS),
    },
  },
  thresholds: {
    checks: ['rate==1'],
    http_req_failed: ['rate==0'],
    http_req_duration: ['p(99)<500'],
    dropped_iterations: ['count==0'],
  },
}

/** What Prometheus and an orchestrator ask, many times more often than they do. */
export default function scrape(): void {
  const metrics = http.get(`${TARGET_URL}/metrics`)
  check(metrics, {
    'metrics are text of Prometheus': ({ body }) => typeof body === 'string' && body.includes('# HELP'),
  })
  const ready = http.get(`${TARGET_URL}/readyz`)
  check(ready, { 'is ready': ({ status }) => status === 200 })
}
