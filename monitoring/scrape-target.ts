/** Something that Prometheus scrapes. */
export interface ScrapeTarget {
  /** `redis-exporter`, `standpipe-exporter`, `standpipe-pipeline`. */
  readonly job: string
  /** `host:port` of its /metrics. */
  readonly address: string
  /**
   * What it speaks of. Two exporters of one Redis carry the same instance: rules join by it, and RedisDown
   * silences by it. The address when absent.
   */
  readonly instance?: string
}
