import type { MetricDeclaration } from '../metric.ts'

const LISTING = ['stream', 'host'] as const

/** What `standpipe ingest repos` promises to whoever scrapes it. */
export const LIST_REPOS_METRICS = {
  pages: {
    name: 'standpipe_list_repos_pages_total',
    type: 'counter',
    help: 'Pages stored together with the cursor behind them.',
    labels: LISTING,
  },
  repos: {
    name: 'standpipe_list_repos_appended_entries_total',
    type: 'counter',
    help: 'Repos appended to the stream.',
    labels: LISTING,
  },
  rejected: {
    name: 'standpipe_list_repos_rejected_total',
    type: 'counter',
    help: 'Items of pages that name no repo, and were left out.',
    labels: LISTING,
  },
  failures: {
    name: 'standpipe_list_repos_failures_total',
    type: 'counter',
    help: 'Requests and stores that failed and were tried again, by reason.',
    labels: [...LISTING, 'reason'],
  },
  backpressure: {
    name: 'standpipe_list_repos_backpressure_seconds_total',
    type: 'counter',
    help: 'Seconds for which a page waited, because the stream was at its high-water mark or Redis took no writes.',
    labels: LISTING,
  },
  repairs: {
    name: 'standpipe_list_repos_repair_appended_entries_total',
    type: 'counter',
    help: 'Repos queued to be fetched again because they may have changed in a gap.',
    labels: LISTING,
  },
  closedGaps: {
    name: 'standpipe_list_repos_closed_gaps_total',
    type: 'counter',
    help: 'Gaps closed after every repo that may have changed in them was fetched, or became a dead letter.',
    labels: LISTING,
  },
  done: {
    name: 'standpipe_list_repos_done',
    type: 'gauge',
    help: '1 when every repo that the host lists is stored and only newcomers are looked for, else 0.',
    labels: LISTING,
  },
  newestPage: {
    name: 'standpipe_list_repos_newest_page_timestamp_seconds',
    type: 'gauge',
    help: 'When the host last answered with a page, since the epoch; no sample before the first.',
    labels: LISTING,
  },
} as const satisfies Record<string, MetricDeclaration>
