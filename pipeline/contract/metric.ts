/** A metric as it is promised to whoever scrapes it. Base units; labels of low cardinality. */
export interface MetricDeclaration {
  readonly name: string
  readonly type: 'counter' | 'gauge' | 'histogram'
  /** One sentence with the unit; what a missing sample means, where there can be one. */
  readonly help: string
  readonly labels: readonly string[]
  /** Upper bounds of a histogram's buckets, in the metric's own unit. */
  readonly buckets?: readonly number[]
}
