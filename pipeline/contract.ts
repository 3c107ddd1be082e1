/** Stream keys, group names, entry fields, event shapes, metric names: all that other areas may know. */
export * from './contract/dead-letter.ts'
export * from './contract/marker.ts'
export type * from './contract/metric.ts'
export * from './contract/metrics/index-metrics.ts'
export * from './contract/metrics/ingest-metrics.ts'
export type * from './contract/stream-event.ts'
export * from './contract/streams.ts'
